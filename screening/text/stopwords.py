"""Frequent words of adverts per language, folded: they tell the language, and no phrase is indexed under them.

Written for this project from general knowledge of the languages; words shared by several languages count for each.
"""

from __future__ import annotations

from screening.text.fold import fold

_TEXTS: dict[str, str] = {
    "en": """the and of to in for is are you your we our with on at as be will or not this that from by have has an can all any
        who must work job pay per week month day hours experience required free needed looking please contact call no if
        accommodation provided full time apply team offer people join available do it us their they more new
        where when then there here today tomorrow two three first later so if but my me he she him her them than
        because until before after only one""",
    "uk": """і й та в у на з із до для від за по не що як це ми ви є або але при про під без також наш ваш ваші наші буде його
        її їх ти вам нам який яка які робота роботи роботу потрібен потрібна потрібні зарплата проживання досвід досвіду
        години умови графік день місяць можна треба шукаємо запрошуємо пропонуємо оплата праці тел дзвоніть безкоштовне
        безкоштовно житло гривень євро зі чи якщо немає тільки після
        де коли потім пізніше там тут зараз сьогодні завтра два дві три перший перші перша вам тобі мені куди
        свої своїм своїми між над під бо ж б усі все всі один одна одну одного одній""",
    "ru": """и в на с со к по для от за не что как это мы вы или но при о об без также наш ваш ваши наши будет его ее их ты вам нам
        который которая которые работа работы работу требуется требуются нужен нужна нужны зарплата проживание опыт опыта
        часы условия график день месяц можно нужно ищем приглашаем предлагаем оплата труда звоните бесплатное бесплатно
        жилье рублей евро ооо ип ул улица магазин магазине отклик резюме продавец водитель смены из если нет только после есть все или до у
        где когда потом позже там тут сейчас сегодня завтра два две три первый первые первая вам тебе мне куда
        свои своим своими между над под потому же бы нас вас один одна одну одного одной""",
    "bg": """и в на с със от за по не че като това ние вие или но при да се са е сме ще без също наш ваш нашата неговия който която които
        работа работата търсим търси предлагаме заплата заплащане опит условия график ден месец може трябва позвънете безплатно
        безплатна квартира настаняване лева евро ако няма само след има всички до към обява кандидати момичета жени мъже
        осигурени осигурява лв нас вас ви ни си обадете
        къде кога после там тук сега днес утре два две три първия първите първата ти му й ще свои между над под
        защото го ги един една едно""",
    "pl": """i w z na do dla od za po nie że jak to jest są się oraz lub ale przy o bez także nasz wasz twoje nasze będzie jego ich
        który która które praca pracy pracę poszukujemy szukamy oferujemy zatrudnimy wynagrodzenie doświadczenie doświadczenia
        godzin warunki dzień miesiąc można mile widziane wymagania tel dzwoń bezpłatne zakwaterowanie mieszkanie złotych euro
        jeśli nie tylko już ze we czy tak pracownik firma zadzwoń zaraz od kelnerka sprzątaczka kierowca opiekunka magazynier
        gdzie kiedy potem później tam tu teraz dziś jutro dwa dwie trzy pierwszy pierwszego pierwsze ci wam mi mu
        jej umowa umowę tylko sam sama między nad pod bo żeby czyli wszystko jeden jedna jedną jednej miejscu
        oddajecie bierzemy paszport""",
    "ro": """și si în in pe la cu de din pentru prin nu ca că este sunt se sau dar fără fara noi voi vă va ne al a ai ale unei unui un o care
        lucru muncă munca loc locuri angajăm angajam căutăm cautam oferim salariu salariul cazare experiență experienta ore zi lună
        luna poate trebuie contact sunați sunati gratuit gratuită gratuita lei euro dacă daca doar după dupa persoane fete bărbați
        program tel asigurat asigurată transport
        unde când apoi acolo aici azi mâine doi două trei prima primul primele îl îi îți vor fi ați nimic doar
        fără între sub pe-un""",
    "de": """und der die das in im zu den mit von für auf ist sind nicht ein eine einen einer eines dem des wir sie ihr ihre unser unsere
        oder aber bei als auch an am es nach aus um wird werden haben hat kann arbeit job stelle suchen gesucht bieten gehalt lohn
        unterkunft erfahrung stunden tag monat woche bitte anrufen kostenlos euro wenn nur keine kein ohne du dich dein deine
        zum zur bis pro mitarbeiter ab sofort
        später vor ort dann hier dort man mir dir uns euch ihm ihn wo wohin kommt geht euer eure euren gegen zwei
        drei erste ersten ganze so vertrag pass morgen heute abend nacht abends nachts jede jeder alle vom beim
        fürs""",
    "cs": """a v ve na s se z ze do pro od za po ne že jak to je jsou nebo ale při o bez také náš váš naše vaše bude jeho jejich který která
        které práce práci hledáme nabízíme mzda plat ubytování zkušenosti praxe hodin podmínky den měsíc možné požadujeme tel
        volejte zdarma korun kč pokud jen už jako co u k i si jsme vám nás vás již možnost směny nástup ihned přijmeme servírka uklízečka řidič skladník restaurace
        až tam kde kam kdo když ten ta ty tento podle mezi pak hned dnes zítra později smlouvu smlouva jeden
        jedna dvě tři první dne noci mi ti mu ji budeš budete máš máte jste jen všechno""",
    "sk": """a v vo na s so sa z zo do pre od za po nie že ako to je sú alebo ale pri o bez tiež náš váš naše vaše bude jeho ich ktorý ktorá
        ktoré práca práce prácu hľadáme ponúkame mzda plat ubytovanie skúsenosti prax hodín podmienky deň mesiac možné požadujeme
        tel volajte zdarma zadarmo eur ak len už čo u k aj si sme vám nás vás možnosť zmeny nástup ihneď prijmeme čašníčka upratovačka vodič skladník reštaurácie
        až tam kde kam kto keď ten tá tie podľa medzi potom hneď dnes zajtra neskôr zmluvu zmluva jeden jedna dve
        tri prvý prvé dňa noci mi ti mu ju budeš budete máš máte ste iba všetko mieste miesto pre bude""",
    "hu": """a az és es is nem hogy egy meg de vagy van vannak ha csak mint már még ki el be le fel sem azt ezt ez mi ti ön önök
        munka munkát munkára keresünk keres kínálunk fizetés bér szállás tapasztalat tapasztalattal óra nap hónap lehet kell
        hívjon hívj ingyenes forint ft euró azonnal jelentkezés jelentkezz jelentkezzen magyar nélkül után számára
        biztosítunk biztosított lányok férfi nők hölgyek
        hol mikor aztán ott itt most ma holnap két három első hova később lesz lesznek nekem neked önnek mert
        majd minden""",
    "es": """y de la el en los las que un una por con para es son se no su sus al del o pero como más mas este esta si sin sobre entre
        nosotros usted ustedes tu tus trabajo empleo buscamos ofrecemos se busca necesita requiere sueldo salario alojamiento experiencia horas
        condiciones día dia mes puede debe llamar gratis euros persona personas jornada contrato interesados enviar muy lo le
        nos ha hay chicas
        te me vas antes donde cuando hasta desde ya tres dos primer primera primero aquí allí mañana hoy nada
        nadie todo toda le les mi tus dónde adónde entre""",
}

STOP_WORDS_BY_LANGUAGE: dict[str, frozenset[str]] = {
    language: frozenset(fold(word) for word in text.split()) for language, text in _TEXTS.items()
}

STOP_WORDS: frozenset[str] = frozenset().union(*STOP_WORDS_BY_LANGUAGE.values())
