"""Statement of reasons in Polish.

Source: written for this project after Regulation (EU) 2022/2065, art. 17, 20 and 21. Licence: that of the project.
Date: 2026-11-26. Not reviewed by a lawyer who is a native speaker.
"""

from screening.referrals.statement_texts.wording import Wording

TEXTS = Wording(
    reviewed=False,
    title="Dlaczego usunięto Twoją ofertę",
    removed="Twoja oferta została usunięta i nie jest już widoczna na platformie.",
    everywhere="Obowiązuje to wszędzie, gdzie można korzystać z platformy.",
    in_countries="Obowiązuje to w krajach: {countries}.",
    without_end="Nie ma daty końcowej.",
    until="Obowiązuje to do {date}.",
    own_initiative="Sprawdziliśmy ofertę z własnej inicjatywy.",
    after_notice="Sprawdziliśmy ofertę po zgłoszeniu jej dotyczącym. Nie ujawniamy, kto przysyła zgłoszenia.",
    found_by_machine="Na ofertę zwróciły naszą uwagę zautomatyzowane środki. Następnie przeczytał ją i podjął decyzję człowiek; decyzja nie zapadła automatycznie.",
    found_by_people="Do wykrycia oferty nie użyto zautomatyzowanych środków. Przeczytał ją i podjął decyzję człowiek.",
    looked_at="Decydujące były następujące kwestie:",
    groups={
        "freedom": "wolność i bezpieczeństwo osoby, która ją przyjmie",
        "costs": "koszty osoby, która ją przyjmie",
        "conditions": "wynagrodzenie, czas pracy i ustalenia dotyczące pracy",
        "description": "sposób opisania i złożenia oferty",
        "identity": "kto składa ofertę i jak się z nim skontaktować",
        "dependence": "zależność od tego, kto składa ofertę",
        "private_life": "sprawy życia prywatnego, o które oferta nie ma powodu pytać",
        "age": "ochrona małoletnich",
        "tasks": "same zadania",
    },
    concerns={
        "trafficking_pattern": "Łącznie są one znane z ofert, przez które wciągano ludzi w wyzysk.",
        "sexual_exploitation": "Łącznie są one znane z ofert, przez które ludzi wykorzystywano seksualnie.",
        "forced_labour": "Łącznie są one znane z ofert pracy, której ludzie nie mogli swobodnie porzucić.",
        "labour_law": "Warunki wydają się gorsze, niż wymaga prawo w miejscu pracy.",
        "forced_criminality": "Łącznie są one znane z ofert, przez które wciągano ludzi w czyny zabronione.",
        "employment_fraud": "Łącznie są one znane z ofert, które nie były prawdziwe.",
        "minor": "Oferta wydaje się skierowana do małoletnich i nie odpowiada ochronie, jaką daje im prawo.",
    },
    union="UE",
    community="WE",
    directives="Dyrektywa {numbers}",
    fraud_law="krajowe prawo karne dotyczące oszustwa",
    illegal="Podstawa prawna: {laws}. W naszej ocenie oferta jest tak bliska temu, czego zabrania to prawo, że nie może pozostać w sieci.",
    terms="Podstawa umowna: regulamin platformy dotyczący ofert pracy, mieszkań i przewozów. W naszej ocenie oferta go nie spełnia.",
    no_judgement="Jest to ocena oferty, a nie Twojej osoby.",
    to_fix="Jeśli Twoja oferta jest prawdziwa, możesz opublikować ją ponownie. Podaj w niej:",
    fixes=(
        "pełną nazwę prawną pracodawcy i numer rejestrowy",
        "adres pracodawcy oraz miejsca pracy lub zakwaterowania",
        "w przypadku agencji: numer licencji i rejestr, w którym figuruje",
        "że pisemną umowę podpisuje się przed rozpoczęciem pracy, w języku zrozumiałym dla tej osoby",
        "wynagrodzenie, godziny pracy i każde potrącenie z kwotami",
        "że nikt nie płaci za otrzymanie pracy",
    ),
    redress="Jeśli się nie zgadzasz:",
    complaint="Możesz bezpłatnie złożyć do nas skargę w ciągu sześciu miesięcy; rozpatruje ją człowiek (rozporządzenie (UE) 2022/2065, art. 20).",
    out_of_court="Możesz zwrócić się do certyfikowanego podmiotu pozasądowego rozstrzygania sporów (art. 21).",
    court="W każdej chwili możesz zwrócić się do sądu.",
)
