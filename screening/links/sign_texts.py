"""What the network signs are called, where they come from, and the sentence that a reviewer reads."""

from __future__ import annotations

_PITCH = "Zhou et al., The Traffickers' Pitch, arXiv 2605.25416 (2026)"
_UNSEEN = "Zhou, Peng, Ferrara, Tracing the Unseen, arXiv 2406.12469 (2024)"
_INFOSHIELD = "Lee et al., InfoShield, ICDE 2021"

SOURCES: dict[str, tuple[str, ...]] = {
    "contact_many_names": (_PITCH,),
    "neardup_many_places": (_INFOSHIELD,),
    "template_slot_swap": (_INFOSHIELD,),
    "contact_mixed_sectors": (_PITCH, _UNSEEN),
    "burst": (_UNSEEN,),
    "recycled_retitled": (_INFOSHIELD,),
    "linked_to_confirmed": (_PITCH,),
    "offer_drift": ("ILO and European Commission, Operational indicators of trafficking (2009), deception",),
    "name_many_contacts": ("La Strada and Polish press on impersonated brands (domain/indicators, X9)",),
    "image_reuse": ("novodobiotroci.sk, parts III and VI",),
}

COUNTERS: dict[str, str] = {
    "licensed": "an agency or public service offers the jobs of many: most of these posts claim a licence or come from one, look it up first",
    "intermediary": "so many names are those of a board, an aggregator or a large agency: ask who answers there",
    "rooms_with_jobs": "an employer may let rooms to its own workers",
    "chain": "a chain has a number for every branch: look at its own website",
    "named_in_many": "boards, authorities and group pages are named in many adverts",
    "stock": "stock photographs are sold to many",
}
"""What else would explain a sign in the case at hand; the console says each in the reader's language."""

NEVER_TOLD = frozenset({"linked_to_confirmed"})
"""What people decided of another offer: where that was a referral alone, a platform that is told this would learn of it."""

TITLES: dict[str, str] = {
    "contact_many_names": "One contact under several names",
    "neardup_many_places": "One text for many places",
    "template_slot_swap": "One text with contacts and names swapped",
    "contact_mixed_sectors": "One contact for unrelated work, or for work and rooms",
    "burst": "Many posts of one hand in a day",
    "recycled_retitled": "An old text under a new title",
    "linked_to_confirmed": "Shares a contact with something that people confirmed",
    "offer_drift": "Other terms for other readers, or changed afterwards",
    "name_many_contacts": "One name behind many contacts",
    "image_reuse": "One picture under several names",
}

REASONS: dict[str, dict[str, str]] = {
    "contact_many_names": {
        "en": "The same contact stands under several employers' names.",
        "uk": "Той самий контакт стоїть під назвами кількох роботодавців.",
        "ru": "Один и тот же контакт указан под названиями нескольких работодателей.",
        "pl": "Ten sam kontakt widnieje pod nazwami kilku pracodawców.",
        "ro": "Același contact apare sub numele mai multor angajatori.",
        "de": "Derselbe Kontakt steht unter den Namen mehrerer Arbeitgeber.",
    },
    "neardup_many_places": {
        "en": "Nearly the same text is posted for many places.",
        "uk": "Майже той самий текст розміщено для багатьох місць.",
        "ru": "Почти тот же текст размещён для многих мест.",
        "pl": "Niemal ten sam tekst zamieszczono dla wielu miejsc.",
        "ro": "Aproape același text este publicat pentru multe locuri.",
        "de": "Fast derselbe Text ist für viele Orte eingestellt.",
    },
    "template_slot_swap": {
        "en": "The text is a copy of others with names and contacts swapped.",
        "uk": "Текст є копією інших, де змінено назви й контакти.",
        "ru": "Текст — копия других, где заменены названия и контакты.",
        "pl": "Tekst jest kopią innych, ze zmienionymi nazwami i kontaktami.",
        "ro": "Textul este o copie a altora, cu numele și contactele schimbate.",
        "de": "Der Text ist eine Kopie anderer, mit getauschten Namen und Kontakten.",
    },
    "contact_mixed_sectors": {
        "en": "The same contact offers unrelated work, or work and rooms, under several names.",
        "uk": "Той самий контакт пропонує різнорідну роботу або роботу й житло.",
        "ru": "Один контакт предлагает разнородную работу или работу и жильё.",
        "pl": "Ten sam kontakt oferuje niepowiązane prace albo pracę i pokoje.",
        "ro": "Același contact oferă munci fără legătură sau muncă și camere, sub mai multe nume.",
        "de": "Derselbe Kontakt bietet nicht zusammenhängende Arbeit oder Arbeit und Zimmer an, unter mehreren Namen.",
    },
    "burst": {
        "en": "Unusually many posts of the same contact appeared within a day.",
        "uk": "За один день з'явилося незвично багато оголошень з тим самим контактом.",
        "ru": "За один день появилось необычно много объявлений с тем же контактом.",
        "pl": "W ciągu jednego dnia pojawiło się niezwykle wiele ogłoszeń z tym samym kontaktem.",
        "ro": "Într-o zi au apărut neobișnuit de multe anunțuri cu același contact.",
        "de": "Ungewöhnlich viele Beiträge desselben Kontakts erschienen innerhalb eines Tages.",
    },
    "recycled_retitled": {
        "en": "The text appeared before under another title.",
        "uk": "Цей текст раніше з'являвся під іншою назвою.",
        "ru": "Этот текст раньше появлялся под другим заголовком.",
        "pl": "Ten tekst pojawił się wcześniej pod innym tytułem.",
        "ro": "Textul a mai apărut sub alt titlu.",
        "de": "Der Text ist schon unter einem anderen Titel erschienen.",
    },
    "linked_to_confirmed": {
        "en": "It shares a contact with an offer that people confirmed or suspect.",
        "uk": "Контакт збігається з пропозицією, яку люди підтвердили або підозрюють.",
        "ru": "Контакт совпадает с предложением, которое люди подтвердили или подозревают.",
        "pl": "Kontakt jest wspólny z ofertą, którą ludzie potwierdzili lub podejrzewają.",
        "ro": "Are un contact comun cu o ofertă pe care oamenii au confirmat-o sau o suspectează.",
        "de": "Es teilt einen Kontakt mit einem Angebot, das Menschen bestätigt haben oder verdächtig finden.",
    },
    "offer_drift": {
        "en": "The terms differ by the readers' language, or got worse in a later version.",
        "uk": "Умови різняться залежно від мови читачів або погіршилися в пізнішій версії.",
        "ru": "Условия различаются в зависимости от языка читателей или ухудшились в более поздней версии.",
        "pl": "Warunki różnią się zależnie od języka odbiorców albo pogorszyły się w późniejszej wersji.",
        "ro": "Condițiile diferă după limba cititorilor sau s-au înrăutățit într-o versiune ulterioară.",
        "de": "Die Bedingungen unterscheiden sich je nach Sprache der Lesenden oder wurden in einer späteren Fassung schlechter.",
    },
    "name_many_contacts": {
        "en": "The same name stands beside many unrelated contacts: it may be impersonated.",
        "uk": "Та сама назва стоїть поруч із багатьма різними контактами: можливо, нею прикриваються.",
        "ru": "То же название стоит рядом со многими разными контактами: возможно, им прикрываются.",
        "pl": "Ta sama nazwa widnieje przy wielu niepowiązanych kontaktach: ktoś może się pod nią podszywać.",
        "ro": "Același nume apare lângă multe contacte fără legătură: cineva s-ar putea da drept el.",
        "de": "Derselbe Name steht neben vielen nicht zusammenhängenden Kontakten: Jemand gibt sich vielleicht dafür aus.",
    },
    "image_reuse": {
        "en": "The same picture is used under several names.",
        "uk": "Те саме зображення використано під кількома назвами.",
        "ru": "То же изображение использовано под несколькими названиями.",
        "pl": "To samo zdjęcie użyto pod kilkoma nazwami.",
        "ro": "Aceeași imagine este folosită sub mai multe nume.",
        "de": "Dasselbe Bild wird unter mehreren Namen verwendet.",
    },
}
