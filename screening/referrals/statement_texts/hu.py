"""Statement of reasons in Hungarian.

Source: written for this project after Regulation (EU) 2022/2065, art. 17, 20 and 21. Licence: that of the project.
Date: 2026-11-26. Not reviewed by a lawyer who is a native speaker.
"""

from screening.referrals.statement_texts.wording import Wording

TEXTS = Wording(
    reviewed=False,
    title="Miért távolítottuk el az ajánlatát",
    removed="Az ajánlatát eltávolítottuk, a platformon már nem látható.",
    everywhere="Ez mindenhol érvényes, ahol a platform használható.",
    in_countries="Ez a következő országokban érvényes: {countries}.",
    without_end="Nincs befejező időpontja.",
    until="Ez eddig érvényes: {date}.",
    own_initiative="Az ajánlatot saját kezdeményezésünkre vizsgáltuk meg.",
    after_notice="Az ajánlatot egy rá vonatkozó bejelentés után vizsgáltuk meg. Nem közöljük, ki küld bejelentést.",
    found_by_machine="Az ajánlatra automatizált eszközök hívták fel a figyelmünket. Ezután egy ember olvasta el és döntött; a döntés nem automatikusan született.",
    found_by_people="Az ajánlat megtalálásához nem használtunk automatizált eszközöket. Egy ember olvasta el és döntött.",
    looked_at="Az ajánlat következő pontjai voltak döntők:",
    groups={
        "freedom": "annak szabadsága és biztonsága, aki elfogadja",
        "costs": "annak költségei, aki elfogadja",
        "conditions": "a fizetés, a munkaidő és a munkáról szóló megállapodás",
        "description": "ahogyan az ajánlatot leírták és megtették",
        "identity": "ki teszi az ajánlatot, és hogyan érhető el",
        "dependence": "függés attól, aki az ajánlatot teszi",
        "private_life": "a magánélet olyan kérdései, amelyekre az ajánlatnak nincs oka rákérdezni",
        "age": "a kiskorúak védelme",
        "tasks": "maguk a feladatok",
    },
    concerns={
        "trafficking_pattern": "Együtt olyan ajánlatokból ismertek, amelyekkel embereket kizsákmányolásba vontak.",
        "sexual_exploitation": "Együtt olyan ajánlatokból ismertek, amelyekkel embereket szexuálisan kizsákmányoltak.",
        "forced_labour": "Együtt olyan munkaajánlatokból ismertek, amelyekből az emberek nem léphettek ki szabadon.",
        "labour_law": "A feltételek rosszabbnak tűnnek annál, amit a munkavégzés helyének joga megkövetel.",
        "forced_criminality": "Együtt olyan ajánlatokból ismertek, amelyekkel embereket jogsértésekbe vontak be.",
        "employment_fraud": "Együtt olyan ajánlatokból ismertek, amelyek nem voltak valódiak.",
        "minor": "Az ajánlat kiskorúaknak szólhat, és nem felel meg annak a védelemnek, amelyet a jog nekik ad.",
    },
    union="EU",
    community="EK",
    directives="{numbers} irányelv",
    fraud_law="a csalásra vonatkozó nemzeti büntetőjog",
    illegal="Jogalap: {laws}. Értékelésünk szerint az ajánlat olyan közel áll ahhoz, amit ez a jog tilt, hogy nem maradhat elérhető.",
    terms="Szerződéses alap: a platform munka-, lakás- és utazási ajánlatokra vonatkozó feltételei. Értékelésünk szerint az ajánlat ezeknek nem felel meg.",
    no_judgement="Ez az ajánlat értékelése, nem az Öné.",
    to_fix="Ha az ajánlata valódi, újra közzéteheti. Kérjük, tüntesse fel benne:",
    fixes=(
        "a munkáltató teljes hivatalos nevét és nyilvántartási számát",
        "a munkáltató és a munkavégzés vagy szállás címét",
        "közvetítőknél: az engedély számát és a nyilvántartást, amelyben szerepel",
        "hogy kezdés előtt írásbeli szerződést írnak alá olyan nyelven, amelyet a munkavállaló ért",
        "a fizetést, a munkaidőt és minden levonást összeggel",
        "hogy a munkáért senkinek nem kell fizetnie",
    ),
    redress="Ha nem ért egyet:",
    complaint="Hat hónapon belül díjmentesen panaszt tehet nálunk; a panaszról ember dönt ((EU) 2022/2065 rendelet, 20. cikk).",
    out_of_court="Tanúsított, bíróságon kívüli vitarendezési testülethez fordulhat (21. cikk).",
    court="Bármikor bírósághoz fordulhat.",
)
