"""Statement of reasons in Slovak.

Source: written for this project after Regulation (EU) 2022/2065, art. 17, 20 and 21. Licence: that of the project.
Date: 2026-11-26. Not reviewed by a lawyer who is a native speaker.
"""

from screening.referrals.statement_texts.wording import Wording

TEXTS = Wording(
    reviewed=False,
    title="Prečo bola vaša ponuka odstránená",
    removed="Vaša ponuka bola odstránená a na platforme sa už nezobrazuje.",
    everywhere="Platí to všade, kde možno platformu používať.",
    in_countries="Platí to v týchto krajinách: {countries}.",
    without_end="Nemá dátum ukončenia.",
    until="Platí to do {date}.",
    own_initiative="Ponuku sme posúdili z vlastného podnetu.",
    after_notice="Ponuku sme posúdili po oznámení, ktoré sa jej týkalo. Nezverejňujeme, kto oznámenia posiela.",
    found_by_machine="Na ponuku nás upozornili automatizované prostriedky. Potom ju prečítal a rozhodol človek; rozhodnutie nebolo automatické.",
    found_by_people="Na nájdenie ponuky neboli použité automatizované prostriedky. Prečítal ju a rozhodol človek.",
    looked_at="Rozhodujúce boli tieto stránky ponuky:",
    groups={
        "freedom": "sloboda a bezpečie človeka, ktorý ju prijme",
        "costs": "náklady človeka, ktorý ju prijme",
        "conditions": "odmena, pracovný čas a dohoda o práci",
        "description": "ako je ponuka opísaná a urobená",
        "identity": "kto ponuku robí a ako ho možno zastihnúť",
        "dependence": "závislosť od toho, kto ponuku robí",
        "private_life": "veci súkromného života, na ktoré ponuka nemá dôvod sa pýtať",
        "age": "ochrana maloletých",
        "tasks": "samotné úlohy",
    },
    concerns={
        "trafficking_pattern": "Spolu sú známe z ponúk, ktorými boli ľudia vtiahnutí do vykorisťovania.",
        "sexual_exploitation": "Spolu sú známe z ponúk, ktorými boli ľudia sexuálne vykorisťovaní.",
        "forced_labour": "Spolu sú známe z ponúk práce, ktorú ľudia nemohli slobodne opustiť.",
        "labour_law": "Podmienky sa zdajú horšie, než žiada právo v mieste práce.",
        "forced_criminality": "Spolu sú známe z ponúk, ktorými boli ľudia vtiahnutí do protiprávneho konania.",
        "employment_fraud": "Spolu sú známe z ponúk, ktoré neboli skutočné.",
        "minor": "Ponuka sa zdá určená maloletým a nezodpovedá ochrane, ktorú im dáva právo.",
    },
    union="EÚ",
    community="ES",
    directives="smernica {numbers}",
    fraud_law="vnútroštátne trestné právo o podvode",
    illegal="Právny základ: {laws}. Podľa nášho posúdenia je ponuka tak blízko tomu, čo toto právo zakazuje, že nemôže zostať online.",
    terms="Zmluvný základ: podmienky platformy pre ponuky práce, bývania a dopravy. Podľa nášho posúdenia ich ponuka nespĺňa.",
    no_judgement="Ide o posúdenie ponuky, nie vás.",
    to_fix="Ak je vaša ponuka skutočná, môžete ju zverejniť znova. Uveďte v nej, prosím:",
    fixes=(
        "úplný právny názov zamestnávateľa a identifikačné číslo",
        "adresu zamestnávateľa a miesta práce alebo ubytovania",
        "pri agentúrach: číslo povolenia a register, v ktorom je zapísané",
        "že sa pred nástupom podpisuje písomná zmluva v jazyku, ktorému človek rozumie",
        "odmenu, pracovný čas a každú zrážku so sumami",
        "že za získanie práce nikto neplatí",
    ),
    redress="Ak nesúhlasíte:",
    complaint="Do šiestich mesiacov sa nám môžete bezplatne sťažovať; o sťažnosti rozhoduje človek (nariadenie (EÚ) 2022/2065, čl. 20).",
    out_of_court="Môžete sa obrátiť na certifikovaný subjekt pre mimosúdne riešenie sporov (čl. 21).",
    court="Kedykoľvek sa môžete obrátiť na súd.",
)
