"""Statement of reasons in Romanian.

Source: written for this project after Regulation (EU) 2022/2065, art. 17, 20 and 21. Licence: that of the project.
Date: 2026-11-26. Not reviewed by a lawyer who is a native speaker.
"""

from screening.referrals.statement_texts.wording import Wording

TEXTS = Wording(
    reviewed=False,
    title="De ce a fost eliminată oferta dumneavoastră",
    removed="Oferta dumneavoastră a fost eliminată și nu mai apare pe platformă.",
    everywhere="Măsura este valabilă oriunde poate fi folosită platforma.",
    in_countries="Măsura este valabilă în: {countries}.",
    without_end="Nu are dată de încheiere.",
    until="Măsura este valabilă până la {date}.",
    own_initiative="Am examinat oferta din proprie inițiativă.",
    after_notice="Am examinat oferta după o notificare cu privire la ea. Nu dezvăluim cine trimite notificări.",
    found_by_machine="Mijloace automatizate ne-au atras atenția asupra ofertei. Apoi a citit-o și a decis o persoană; decizia nu a fost luată automat.",
    found_by_people="Pentru găsirea ofertei nu s-au folosit mijloace automatizate. A citit-o și a decis o persoană.",
    looked_at="Hotărâtoare au fost aceste aspecte ale ofertei:",
    groups={
        "freedom": "libertatea și siguranța persoanei care o acceptă",
        "costs": "costurile persoanei care o acceptă",
        "conditions": "plata, timpul de lucru și înțelegerea privind munca",
        "description": "modul în care oferta este descrisă și făcută",
        "identity": "cine face oferta și cum poate fi contactat",
        "dependence": "dependența de cel care face oferta",
        "private_life": "aspecte de viață privată despre care oferta nu are motiv să întrebe",
        "age": "protecția minorilor",
        "tasks": "sarcinile în sine",
    },
    concerns={
        "trafficking_pattern": "Împreună, ele sunt cunoscute din oferte prin care oameni au fost atrași în exploatare.",
        "sexual_exploitation": "Împreună, ele sunt cunoscute din oferte prin care oameni au fost exploatați sexual.",
        "forced_labour": "Împreună, ele sunt cunoscute din oferte de muncă pe care oamenii nu o puteau părăsi liber.",
        "labour_law": "Condițiile par a fi sub ceea ce cere legea la locul de muncă.",
        "forced_criminality": "Împreună, ele sunt cunoscute din oferte prin care oameni au fost atrași în fapte ilegale.",
        "employment_fraud": "Împreună, ele sunt cunoscute din oferte care nu erau reale.",
        "minor": "Oferta pare adresată minorilor și nu corespunde protecției pe care le-o dă legea.",
    },
    union="UE",
    community="CE",
    directives="Directiva {numbers}",
    fraud_law="dreptul penal național privind înșelăciunea",
    illegal="Temei juridic: {laws}. În evaluarea noastră, oferta este atât de apropiată de ceea ce interzice această lege, încât nu poate rămâne online.",
    terms="Temei contractual: condițiile platformei pentru oferte de muncă, cazare și transport. În evaluarea noastră, oferta nu le respectă.",
    no_judgement="Aceasta este o evaluare a ofertei, nu o judecată despre dumneavoastră.",
    to_fix="Dacă oferta este reală, o puteți publica din nou. Vă rugăm să precizați în ea:",
    fixes=(
        "denumirea juridică completă a angajatorului și numărul de înregistrare",
        "adresa angajatorului și a locului de muncă sau de cazare",
        "pentru agenții: numărul licenței și registrul în care figurează",
        "că se semnează un contract scris înainte de începere, într-o limbă pe care persoana o înțelege",
        "plata, orele de lucru și fiecare reținere, cu sume",
        "că nimeni nu plătește pentru a primi locul de muncă",
    ),
    redress="Dacă nu sunteți de acord:",
    complaint="Ne puteți adresa gratuit o plângere în termen de șase luni; asupra ei decide o persoană (Regulamentul (UE) 2022/2065, art. 20).",
    out_of_court="Vă puteți adresa unui organism certificat de soluționare extrajudiciară a litigiilor (art. 21).",
    court="Vă puteți adresa oricând instanței.",
)
