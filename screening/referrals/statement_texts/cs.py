"""Statement of reasons in Czech.

Source: written for this project after Regulation (EU) 2022/2065, art. 17, 20 and 21. Licence: that of the project.
Date: 2026-11-26. Not reviewed by a lawyer who is a native speaker.
"""

from screening.referrals.statement_texts.wording import Wording

TEXTS = Wording(
    reviewed=False,
    title="Proč byla vaše nabídka odstraněna",
    removed="Vaše nabídka byla odstraněna a na platformě se již nezobrazuje.",
    everywhere="Platí to všude, kde lze platformu používat.",
    in_countries="Platí to v těchto zemích: {countries}.",
    without_end="Nemá konečné datum.",
    until="Platí to do {date}.",
    own_initiative="Nabídku jsme posoudili z vlastního podnětu.",
    after_notice="Nabídku jsme posoudili po oznámení, které se jí týkalo. Nezveřejňujeme, kdo oznámení posílá.",
    found_by_machine="Na nabídku nás upozornily automatizované prostředky. Poté ji přečetl a rozhodl člověk; rozhodnutí nebylo automatické.",
    found_by_people="K nalezení nabídky nebyly použity automatizované prostředky. Přečetl ji a rozhodl člověk.",
    looked_at="Rozhodující byly tyto stránky nabídky:",
    groups={
        "freedom": "svoboda a bezpečí člověka, který ji přijme",
        "costs": "náklady člověka, který ji přijme",
        "conditions": "odměna, pracovní doba a dohoda o práci",
        "description": "jak je nabídka popsána a učiněna",
        "identity": "kdo nabídku činí a jak ho lze zastihnout",
        "dependence": "závislost na tom, kdo nabídku činí",
        "private_life": "věci soukromého života, na které nabídka nemá důvod se ptát",
        "age": "ochrana nezletilých",
        "tasks": "samotné úkoly",
    },
    concerns={
        "trafficking_pattern": "Dohromady jsou známy z nabídek, kterými byli lidé vtaženi do vykořisťování.",
        "sexual_exploitation": "Dohromady jsou známy z nabídek, kterými byli lidé sexuálně vykořisťováni.",
        "forced_labour": "Dohromady jsou známy z nabídek práce, kterou lidé nemohli svobodně opustit.",
        "labour_law": "Podmínky se zdají být horší, než žádá právo v místě práce.",
        "forced_criminality": "Dohromady jsou známy z nabídek, kterými byli lidé vtaženi do protiprávního jednání.",
        "employment_fraud": "Dohromady jsou známy z nabídek, které nebyly skutečné.",
        "minor": "Nabídka se zdá být určena nezletilým a neodpovídá ochraně, kterou jim dává právo.",
    },
    union="EU",
    community="ES",
    directives="směrnice {numbers}",
    fraud_law="vnitrostátní trestní právo o podvodu",
    illegal="Právní základ: {laws}. Podle našeho posouzení je nabídka tak blízko tomu, co toto právo zakazuje, že nemůže zůstat online.",
    terms="Smluvní základ: podmínky platformy pro nabídky práce, bydlení a dopravy. Podle našeho posouzení je nabídka nesplňuje.",
    no_judgement="Jde o posouzení nabídky, nikoli vás.",
    to_fix="Je-li vaše nabídka skutečná, můžete ji zveřejnit znovu. Uveďte v ní prosím:",
    fixes=(
        "úplný právní název zaměstnavatele a identifikační číslo",
        "adresu zaměstnavatele a místa práce nebo ubytování",
        "u agentur: číslo povolení a rejstřík, v němž je zapsáno",
        "že se před nástupem podepisuje písemná smlouva v jazyce, kterému člověk rozumí",
        "odměnu, pracovní dobu a každou srážku s částkami",
        "že za získání práce nikdo neplatí",
    ),
    redress="Pokud nesouhlasíte:",
    complaint="Do šesti měsíců si u nás můžete bezplatně stěžovat; o stížnosti rozhoduje člověk (nařízení (EU) 2022/2065, čl. 20).",
    out_of_court="Můžete se obrátit na certifikovaný subjekt pro mimosoudní řešení sporů (čl. 21).",
    court="Kdykoli se můžete obrátit na soud.",
)
