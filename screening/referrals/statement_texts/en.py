"""Statement of reasons in English.

Source: written for this project after Regulation (EU) 2022/2065, art. 17, 20 and 21. Licence: that of the project.
Date: 2026-11-26. Not reviewed by a lawyer who is a native speaker.
"""

from screening.referrals.statement_texts.wording import Wording

TEXTS = Wording(
    reviewed=False,
    title="Why your offer was removed",
    removed="Your offer was removed and is no longer shown on the platform.",
    everywhere="This holds wherever the platform can be used.",
    in_countries="This holds in: {countries}.",
    without_end="It has no end date.",
    until="It ends on {date}.",
    own_initiative="We examined the offer on our own initiative.",
    after_notice="We examined the offer after a notice about it. We don't disclose who sent a notice.",
    found_by_machine="Automated means drew our attention to the offer. A person then read it and decided; no automated means took the decision.",
    found_by_people="No automated means were used to find the offer. A person read it and decided.",
    looked_at="These points of the offer were decisive:",
    groups={
        "freedom": "the freedom and safety of the person who accepts it",
        "costs": "costs for the person who accepts it",
        "conditions": "pay, working time and the agreement on the work",
        "description": "how the offer is described and made",
        "identity": "who makes the offer and how they can be reached",
        "dependence": "dependence on the one who makes the offer",
        "private_life": "matters of private life that the offer has no reason to ask about",
        "age": "the protection of minors",
        "tasks": "the tasks themselves",
    },
    concerns={
        "trafficking_pattern": "Taken together, they are known from offers by which people were led into exploitation.",
        "sexual_exploitation": "Taken together, they are known from offers by which people were sexually exploited.",
        "forced_labour": "Taken together, they are known from offers of work that people could not freely leave.",
        "labour_law": "The conditions seem to be below what the law asks at the place of work.",
        "forced_criminality": "Taken together, they are known from offers by which people were drawn into offences.",
        "employment_fraud": "Taken together, they are known from offers that were not genuine.",
        "minor": "The offer seems to be addressed to minors and doesn't fit the protection that the law gives them.",
    },
    union="EU",
    community="EC",
    directives="Directive {numbers}",
    fraud_law="national criminal law on fraud",
    illegal="Legal ground: {laws}. In our assessment the offer comes so near to what this law forbids that it can't stay online.",
    terms="Contractual ground: the platform's terms for offers of work, housing and transport. In our assessment the offer doesn't meet them.",
    no_judgement="This is an assessment of the offer. It is no judgement about you.",
    to_fix="If your offer is genuine, you can publish it anew. Please state in it:",
    fixes=(
        "the employer's full legal name and registration number",
        "the address of the employer and of the place of work or housing",
        "for agencies: the licence number and the register it stands in",
        "that a written contract is signed before the start, in a language the person understands",
        "pay, working hours and every deduction, with amounts",
        "that nobody pays to get the job",
    ),
    redress="If you disagree:",
    complaint="You can complain to us free of charge within six months; a person decides on the complaint (Regulation (EU) 2022/2065, art. 20).",
    out_of_court="You can turn to a certified out-of-court dispute settlement body (art. 21).",
    court="You can go to court at any time.",
)
