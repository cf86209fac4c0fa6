"""Statement of reasons in German.

Source: written for this project after Regulation (EU) 2022/2065, art. 17, 20 and 21. Licence: that of the project.
Date: 2026-11-26. Not reviewed by a lawyer who is a native speaker.
"""

from screening.referrals.statement_texts.wording import Wording

TEXTS = Wording(
    reviewed=False,
    title="Warum Ihr Angebot entfernt wurde",
    removed="Ihr Angebot wurde entfernt und ist auf der Plattform nicht mehr zu sehen.",
    everywhere="Das gilt überall, wo die Plattform genutzt werden kann.",
    in_countries="Das gilt in: {countries}.",
    without_end="Es gibt kein Enddatum.",
    until="Das gilt bis {date}.",
    own_initiative="Wir haben das Angebot aus eigener Initiative geprüft.",
    after_notice="Wir haben das Angebot nach einer Meldung dazu geprüft. Wer Meldungen schickt, geben wir nicht bekannt.",
    found_by_machine="Automatisierte Mittel haben uns auf das Angebot aufmerksam gemacht. Danach hat ein Mensch es gelesen und entschieden; die Entscheidung fiel nicht automatisch.",
    found_by_people="Um das Angebot zu finden, wurden keine automatisierten Mittel eingesetzt. Ein Mensch hat es gelesen und entschieden.",
    looked_at="Ausschlaggebend waren diese Punkte des Angebots:",
    groups={
        "freedom": "Freiheit und Sicherheit der Person, die es annimmt",
        "costs": "Kosten für die Person, die es annimmt",
        "conditions": "Bezahlung, Arbeitszeit und die Vereinbarung über die Arbeit",
        "description": "wie das Angebot beschrieben und gemacht ist",
        "identity": "wer das Angebot macht und wie man sie oder ihn erreicht",
        "dependence": "Abhängigkeit von der Person, die das Angebot macht",
        "private_life": "Fragen des Privatlebens, für die das Angebot keinen Anlass gibt",
        "age": "der Schutz Minderjähriger",
        "tasks": "die Aufgaben selbst",
    },
    concerns={
        "trafficking_pattern": "Zusammen sind sie aus Angeboten bekannt, durch die Menschen in Ausbeutung gerieten.",
        "sexual_exploitation": "Zusammen sind sie aus Angeboten bekannt, durch die Menschen sexuell ausgebeutet wurden.",
        "forced_labour": "Zusammen sind sie aus Angeboten für Arbeit bekannt, die Menschen nicht frei verlassen konnten.",
        "labour_law": "Die Bedingungen scheinen unter dem zu liegen, was das Recht am Arbeitsort verlangt.",
        "forced_criminality": "Zusammen sind sie aus Angeboten bekannt, durch die Menschen in Straftaten hineingezogen wurden.",
        "employment_fraud": "Zusammen sind sie aus Angeboten bekannt, die nicht echt waren.",
        "minor": "Das Angebot scheint sich an Minderjährige zu richten und passt nicht zu dem Schutz, den ihnen das Recht gibt.",
    },
    union="EU",
    community="EG",
    directives="Richtlinie {numbers}",
    fraud_law="nationales Strafrecht zu Betrug",
    illegal="Rechtsgrundlage: {laws}. Nach unserer Einschätzung kommt das Angebot dem, was dieses Recht verbietet, so nahe, dass es nicht online bleiben kann.",
    terms="Vertragliche Grundlage: die Bedingungen der Plattform für Angebote von Arbeit, Wohnraum und Fahrten. Nach unserer Einschätzung erfüllt das Angebot sie nicht.",
    no_judgement="Das ist eine Einschätzung des Angebots und kein Urteil über Sie.",
    to_fix="Wenn Ihr Angebot echt ist, können Sie es neu veröffentlichen. Bitte nennen Sie darin:",
    fixes=(
        "den vollständigen rechtlichen Namen und die Registernummer des Arbeitgebers",
        "die Anschrift des Arbeitgebers und des Arbeitsorts oder der Unterkunft",
        "bei Agenturen: die Nummer der Erlaubnis und das Register, in dem sie steht",
        "dass vor Beginn ein schriftlicher Vertrag in einer Sprache unterschrieben wird, die die Person versteht",
        "Bezahlung, Arbeitszeiten und jeden Abzug mit Beträgen",
        "dass niemand für die Stelle bezahlt",
    ),
    redress="Wenn Sie nicht einverstanden sind:",
    complaint="Sie können sich innerhalb von sechs Monaten kostenlos bei uns beschweren; über die Beschwerde entscheidet ein Mensch (Verordnung (EU) 2022/2065, Art. 20).",
    out_of_court="Sie können sich an eine zertifizierte Stelle für außergerichtliche Streitbeilegung wenden (Art. 21).",
    court="Sie können jederzeit vor Gericht gehen.",
)
