"""The words that tell what an amount is: currency, magnitude, bound, period, basis, pay, or something else.

Patterns are those of `number_tokens.Lexicon`. Languages stand in the order en, pl, uk/ru, bg, cs/sk, de, ro, es/ca, hu.
"""

from __future__ import annotations

from screening.posts.post import PayBasis, PayPeriod
from screening.signals.number_tokens import Lexicon, fold

CURRENCIES: Lexicon[str] = Lexicon(
    {
        "EUR": "€, \x80, ¤, eur, euro, euros, euroes, eura, eury, eurów, eurach, eurot, eurótól, euróig, euroko, евро, евра, євро, євра",
        "USD": "$, us $, usd, американськ* долар*, американск* доллар*, us dollar*, american dollar*, amerykańsk* dolar*, americk* dolar*, dolar*, dollar*, dólar*, доллар*, долар*, долл, дол, бакс*, зеленых, зелених, у . е",
        "GBP": "£, gbp, британськ* фунт*, британск* фунт*, британски паунда, английски лири, англійськ* фунт*, английск* фунт*, british pound*, brytyjsk* funt*, pound*, quid, funt, funty, funtów, фунт*, паунд*, libra, libras, libier, liber, libry, pfund, font, fontot, fontért, lire, lire sterline",
        "PLN": "zł, pln, польськ* злот*, польск* злот*, полски злоти, polish zlot*, polnisch* zlot*, polsk* zlot*, poľsk* zlot*, zloți polonezi, plan, złoty, złote, złotych, złotego, złotówk*, зл, злот*, злт",
        "UAH": "₴, uah, українськ* гривен*, украинск* гривен*, ukraińsk* hrywn*, грн*, грив, гривен*, гривн*, гривні, hryvn*, hrywn*",
        "RUB": "₽, rub, rur, руб*, р, rubl*, рубл*",
        "CZK": "чеськ . крон*, чеш . крон*, kč, czk, korun*, korún*, чеськ* крон*, чешск* крон*, чешки крони, koron czesk*, czesk* koron*, česk* korun*, česk* korún*, czech crown*, czech korun*, tschechisch* kron*, coroane cehești, coronas checas, cseh koron*",
        "RON": "ron, румунськ* ле*, румынск* ле*, румънски ле*, rumuńsk* lei, lei rumuńsk*, romanian lei, rumänische lei, lei românești, lei, leu, лей, леїв, леев",
        "BGN": "лв, болгарськ* лев*, болгарск* лев*, bulgarian lev*, лева, bgn, leva, lv",
        "HUF": "ft, угорськ* форинт*, венгерск* форинт*, унгарски форинт*, huf, forint*, форинт*",
        "CHF": "chf, швейцарськ* франк*, швейцарск* франк*, швейцарски франк*, swiss franc*, szwajcarsk* frank*, schweizer franken, švýcarsk* frank*, švajčiarsk* frank*, sfr, franków, franki, franken, франк, франка, франків, франков, франки, franci, francos suizos, franci elvețieni, francos, frank, franků, frankov, frankot, frankért",
        "NOK": "норв . крон*, nok, норвезьк* крон*, норвежск* крон*, норвежки крони, koron norwesk*, norwesk* koron*, norsk* korun*, nórsk* korún*, nórsk* korun*, norwegian kron*, norwegisch* kron*, coroane norvegiene, coronas noruegas, norvég koron*",
        "SEK": "швед . крон*, sek, шведськ* крон*, шведск* крон*, шведски крони, koron szwedzk*, szwedzk* koron*, švédsk* korun*, švédsk* korún*, swedish kron*, schwedisch* kron*, coroane suedeze, coronas suecas, svéd koron*",
        "DKK": "дат . крон*, dkk, данськ* крон*, датск* крон*, датски крони, koron duńsk*, duńsk* koron*, dánsk* korun*, dánsk* korún*, danish kron*, dänisch* kron*, coroane daneze, coronas danesas, dán koron*",
        "MDL": "mdl, lei moldoven*, leu moldoven*, молдавськ* ле*, молдавск* ле*, молдовськ* ле*, lei mołdawsk*, moldovan lei",
        "RSD": "rsd, динар*, dinar*",
        "TRY": "₺, турецьк* лір*, турецк* лир*, турски лири, türk liras*, turkish lira*, tureck* lir*, tl, лир, lira, lir, лири, ліри, лір",
        "ILS": "₪, ils, nis, шекел*, szekl*, shekel*",
        "AED": "aed, дирхам*, dirham*",
        "THB": "฿, thb, baht, бат",
        "MYR": "myr, rm, ringgit*, рингит*",
        "BYN": "byn, білоруськ* рубл*, белорусск* рубл*, rubl* białorusk*, белорусски рубли",
        "KZT": "kzt, ₸, тенге, теңге, tenge, тг, tg",
        "INR": "₹, inr, rs, rupee*, рупій, рупии, рупий, rupii",
        "IDR": "idr, rp, rupiah*",
        "BRL": "brl, reais",
        "CAD": "cad, канадськ* долар*, канадск* доллар*, canadian dollar*, dolar* kanadyjsk*, kanadyjsk* dolar*, kanadsk* dolar*, dolari canadieni, dólares canadienses, kanadische dollar",
        "AUD": "aud, австралійськ* долар*, австралийск* доллар*, australian dollar*, dolar* australijsk*, australijsk* dolar*, australsk* dolar*",
        "JPY": "jpy, ¥",
        "HRK": "hrk",
        "ISK": "isk",
        "SGD": "sgd",
        "PHP": "php, ₱",
        "KWD": "kwd, kd",
        "QAR": "qar",
        "SAR": "sar",
        "BHD": "bhd",
        "OMR": "omr",
    }
)
KRONA_BY_COUNTRY = {"NO": "NOK", "SE": "SEK", "DK": "DKK", "IS": "ISK", "CZ": "CZK"}
"""What "kr" and "крон" mean, which depends on the place of work."""
PREFIX_SYMBOLS = frozenset("$€£₽₴₺₪฿₹¥₱₸")

MAGNITUDES: Lexicon[int] = Lexicon(
    {
        1_000: "k, к, e, tys, tysięcy, tysiące, tysi, tysiak*, koła, kół, kafli, тыс, тысяч*, тыщ*, тыр, тр, тис, тисяч*, тищ*, косар*, штука, штуки, штук, grand, mille, bin, tūkst*, хил, хиляди, tisíc*, tis, mii, mie, ezer, mil, tsd, tausend, thousand, т",
        1_000_000: "m, mln, млн, mio, million*, mil mii, мільйон*, миллион*, milion*, millones, millió, мln",
        1_000_000_000: "b, bn, mld, млрд, billion*, miliard*, мільярд*, миллиард*, mrd",
    }
)

APPROXIMATE: Lexicon[bool] = Lexicon(
    {
        True: "ok, ок, około, circa, ca, cca, approx, approximately, about, around, roughly, примерно, приблизно, около, близько, "
        "порядка, ungefähr, etwa, rund, kb, körülbelül, aprox, aproximad*, przybliżeniu, asi, zhruba, przibl, ~, ≈, średnio, "
        "в среднем, в середньому, kwoty, kwocie, сумме, суми, i, really, well, easily"
    }
)
LOWER: Lexicon[bool] = Lexicon(
    {
        True: "from, starting at, starting from, start from, starts at, over, at least, min, minimum, minimum of, minimum pay of, more than, above, not less than, meer dan, vanaf, "
        "od, ab, minimal*, co najmniej, przynajmniej, powyżej, ponad, więcej niż, от, від, свыше, более, больше, "
        "не менее, не менше, понад, більше, минимум, мінімум, над, най - малко, nad, alespoň, aspoň, mindestens, über, "
        "de la, peste, cel puțin, începând de la, desde, a partir de, más de, mínimo de, al menos, mínimo, legalább, minimum, nuo, à partir de"
    }
)
UPPER: Lexicon[bool] = Lexicon(
    {
        True: "up to, up - to, upto, as much as, max, maximum, maximal*, do, nawet, nawet do, aż do, dochodzące do, maks, до, аж до, максимум, "
        "až, až do, bis, bis zu, până la, pana la, maxim, hasta, máximo, máximo de, akár, legfeljebb, less than, iki, jusquà, fino a"
    }
)
BETWEEN: Lexicon[bool] = Lexicon(
    {
        True: "between, od, from, między, pomiędzy, między, между, між, от, від, zwischen, von, între, intre, entre, entre los, mezi, medzi, de"
    }
)
JOINERS: Lexicon[bool] = Lexicon(
    {True: "to, do, до, až, az do, bis, bis zu, hasta, a, al, la, până la, tot, iki, - tól, - től, тo, top"}
)
CONJUNCTIONS: Lexicon[bool] = Lexicon({True: "and, y, und, și, si, i, a, и, та, і, й, e"})
"""Join a range only after a word of BETWEEN."""

_NIGHTS = "night, evening, noc, večer, ніч, вечір, ночь, вечер, нощ, nacht, abend, noapte, noaptea, seară, noche, éj, éjszaka, notte, soirée, nuit"
NIGHTS = frozenset(fold(_NIGHTS).split(", "))
"""Work of one evening or night, as in bars and clubs."""

PERIODS: Lexicon[PayPeriod] = Lexicon(
    {
        "hour": "uur, p / h, p . h, ph, часах, часам, годинах, heure*, lheure, valand*, val, saat, saatlik, h, hr, hrs, hour, hours, hourly, godz, godzin*, g, час, часа, часов*, година, годину, години, годин, погодинн*, почасов*, "
        "год, годинн*, hod, hodin*, std, stunde*, stundenlohn*, stündlich, hora, horas, hores, oră, ora, ore, óra, órabér*, óránként, órás, ч",
        "day": "dag, day, daily, everyday, d, giorno, giornalier*, jour, jours, gün, günlük, dieną, dienai, доба, доби, dzień, dniówk*, dniu, dobę, doba, dzienn*, md, manday, man - day, день, дня, дні, дневн*, денн*, добу, сутки, den, denně, denne, deň, "
        "tag, täglich, tagessatz*, día, dia, diari*, jornada, jornal*, zi, ziua, zilnic*, nap, naponta, napi, napibér*, ден, дневно, denná sadzba, denní sazba, denná mzda, denní mzda, tageslohn, tagesverdienst, смену сутки, щодня, щоденн*, ежедневн*, надниц*, надник*",
        "shift": "shift, zmian*, zmianę, смена, смену, зміну, зміна, směnu, směna, zmenu, zmena, schicht, turno, tură, schimb, műszak*, смяна, выход, вихід, / este, estenként, "
        + _NIGHTS,
        "week": "settiman*, semaine*, hebdo*, hafta*, savait*, p / w, p . w, per wk, еженедельн*, week, weekly, wk, pw, tydzień, tygodni*, tyg, cotygodniow*, недел*, неделю, тижд*, тижн*, щотижн*, седмица, седмично, седмичн*, "
        "týden, týdně, týždeň, týždenne, týdenní, woche, wöchentlich, semana, semanal*, setmana, wochenlohn, wochenverdienst, týždenná mzda, týdenní mzda, săptămân*, saptaman*, hét, heti, hetente, hetibér*",
        "month": "maand, mese, mensil*, mois, mensuel*, aylık, mėn, mėnes*, p . m, p . c . m, среднемесячн*, середньомісячн*, month, months, monthly, mth, mo, pm, pcm, mies, miesiąc*, miesięczn*, m - c, mc, m c, msc, mieś, месяц*, мес, месячн*, ежемесячн*, міс, "
        "місяц*, місяч*, щомісяч*, щомісяця, месец*, месечн*, měsíc*, měsíčn*, mesačn*, mesiac*, monat, monatlich, monats*, mtl, mes, mensual*, lună, luna, lunar*, "
        "hónap, havi, havonta, hó, mn",
        "rotation": "вахт*, rotation, turnus*",
        "year": "year, yearly, yr, annual*, annum, p a, pa, p . a, rok, rocznie, roczn*, годовой, годов*, річн*, рік, ročně, ročne, jahr, jährlich, jahres*, "
        "año, anual*, any, an, év, évi, évente, годишн*, anno, annuo, annui, ans, yıllık",
        "piece": "piece, lesson, call, article, urok, урок*, занят*, sztuk*, szt, szt., штук*, шт, рейс*, kg, кг, stück, kus, ks, db, delivery, order, zlecenie, "
        "km, км, изделие, изделия, деталь, виріб, визит, візит, заявку, договор, договір, угоду, сделку, contrato, prenda, wizytę, zabieg, клік, клик, click, лайк, room, trip, survey, task, tour, trasę, класс, page, stronę, заказ, замовлення, m2, м2, m3, м3, qm, mq, mp, metr, metra, metru, метр, метра, darab, completed call, membership, referral call, wykonanie, проект, лекцію, пару, bucată, pieza, "
        "unidad, kurs, tonu, тонну, кілограм*, килограм*, kilogram*, kilo, kilos, кило, кв, paczk*, paket, колет, skrzynk*, wiadro, wiader*, łubiank*, kosz, mile, ящик*, ведро, відро, коробк*, caja, "
        "kiste, bedn*, láda, lada, щайга, касетк*, ladă, lădiț*, парче, бройка, бройки, бр, палет*, щайги, karton*, kartón*, crate, crates, basket, bucket, punnet, tray, kobiałk*, košík*, bedýn*, кошик*, корзин*, palet*, pallet, palette, bedničk*, debnič*",
    }
)
PERIOD_LINKS: Lexicon[bool] = Lexicon(
    {
        True: "/, co, per, for, a, an, each, every, the, za, na, w, ve, v, o, po, pro, je, die, der, den, im, in, am, в, за, на, по, кожн*, один, одну, одно, одне, одной,  каждый, "
        "каждую, всяк*, al, la, el, por, por la, a la, cada, pe, un, o, egy, ogni, one, przepracowan*, 1, přepočtená, отработ*, відпрацьован*, ки, completed, submitted, de, par"
    }
)
YEAR_OR_HOUR = frozenset({"год", "година", "годину", "години"})
"""ru год = year, uk год = hour; bg година = year, uk година = hour."""

BASES: Lexicon[PayBasis] = Lexicon(
    {
        "gross": "мінус податк*, минус налог*, minus podatk*, minus podatek, minus tax*, less tax*, / b, v hrubom, v hrubém, gross, brutto, *brutto, brut, bruto, brute, brut*, br, bt, до вычета, до відрахування, до сплати податків, before tax, hrubého, hrub*, lordi, lordo, brüt, neatskaičius mokesčių, "
        "gordina, бруто, брутто, брутна, брутно, преди данъци, pre - tax",
        "net": "після сплати податків, після сплати обов'язкових податків, после уплаты налогов, после вычета налогов, net, netto, *netto, nettolohn, nettogehalt, nettoverdienst, take - home, neto, нетна, нетно, en mano, en la mano, nett, netos, neta, nettó, нетто, нето, на руки, на рук*, чистыми, чистими, чистого, чистих, чистые, чиста, чисто, na rękę, na reke, "
        "na ruku, v čistom, čistá, čisté, čistého, čistý, čistom, čistej, čistých, čisto, čistú, liquid*, líquid*, limpio, limpios, netti, nets, nette, į rankas, kézhez, în mână, in mana, mână, take home, after tax, po wszystkich potrąceniach, do ręki, "
        "+ vat, plus vat, vat on b2b, після податків, після вирахув*, на ръка, auf die hand, ausgezahlt, kézbe, tiszta, tisztán, после вычета, w łapę, după taxe, după impozit*, después de impuestos, nach steuern, po zdanění, po zdanení, adózás után, след данъци",
    }
)
GROSS_BY: Lexicon[PayPeriod] = Lexicon({"year": "b / a, b . a", "month": "b / m, b / mes", "hour": "b / h"})
"""Spanish "bruto al año", "brutos/hora" in two letters."""
SKIPPABLE: Lexicon[bool] = Lexicon(
    {
        True: "(, ), [, ], /, +, opis wynagrodzenia :, ote, basic, base, flat, fijo, fijos, fixos, stałe, ”, “, „, «, », peso, pesos, песо, vat, b2b, uo p, uop, uz, umow*, contract, kontrakt, employment contract, mandate contract, job contract *, ', ’, salary, "
        "rate, pay, stawk*, ставка, ставки, zasadnicz*, each, podstaw*, на, plan, net, extra, usd, m, e, sueldo, salario, soldata, lohn, lön, mzda, mzdy, zárplata, bar, cash, in cash, gotówką, w gotówce, готівкою, наличными, налом, в брой, clean, v hotovosti, hotově, készpénzben, en efectivo, în numerar"
    }
)
"""May stand between an amount and its period or basis."""

PAY: Lexicon[str] = Lexicon(
    {
        "pay": "salary, salaries, salar*, sallary, pay, paid, pays, payment, payrate, pr, wage*, compensation, earn*, income, rate, ote, make, making, remuneration, "
        "виходить, выходит, выходить, выйдет, вийде, wychodzi, stipendio, stipendi, paga, guadagn*, salaire*, gagne*, maaş*, ücreti, yevmiye, atlyginim*, alga, uždarbis, wynagrodz*, stawk*, zarob*, zarabia*, zarabi*, pensj*, płaca, płacę, płacy, płace, płacimy, wypłat*, uposaż*, dochód, przychód, "
        "зарплат*, зароб*, зп, з / п, з п, зпл, оклад*, доход, доходы, дохід, дохода, оплат*, оплач*, платим, платять, плата, плату, платня, платню, платні, гонорар*, заработ*, заработная, ставк*, ставц*, "
        "получа*, получит*, отриму*, отримати, зарабат*, вознагражд*, винагород*, "
        "възнагражд*, надница, заплат*, заплащане, "
        "mzd*, plat, platu, platy, výplat*, výděl*, zárob*, odměna, odměnu, odmena, odmenu, hodinov*, "
        "lohn, löhne, gehalt*, verdien*, vergütung, *lohn, *gehalt, *vergütung, stundenlohn*, entlohnung, bezahlung, stundenlöhne, monatslohn*, monatsgehalt*, "
        "salari*, câștig*, castig*, venit, remuner*, plată, plata, tarif orar, "
        "retribu*, sueldo*, ingreso*, cobra*, jornal*, soldata, godzinówk*, podstawy, podstawa, base :, base salary, precio la hora, ganar*, ganas, budget :, budżet :, paid training, take home, take - home, sadzb*, sazb*, denná sadzba, denní sazba, denná mzda, denní mzda, "
        "fizetés*, bér, *bér, *bére, *bérezés, *kereset, bére, bérezés*, bérek, órabér*, kereset*, kereseti, jövedelem, juttatás"
    }
)

OTHER_KINDS: Lexicon[str] = Lexicon(
    {
        "fee": "you must pay, you have to pay, you need to pay, to pay us, pay us, worker pays, workers pay, candidate pays, zapłacisz, zapłacicie, trzeba zapłacić, należy zapłacić, musisz zapłacić, musi zapłacić, muszą zapłacić, wpłacasz, wpłać, "
        "заплатите, нужно заплатить, надо заплатить, необходимо заплатить, нужно оплатить, надо оплатить, необходимо оплатить, потрібно заплатити, треба заплатити, необхідно заплатити, потрібно оплатити, треба оплатити, сплачуєте, сплатите, перечислите, перекажіть, переказуєте, zaplatíš, zaplatíte, musíte zaplatit, musíte zaplatiť, je třeba zaplatit, treba zaplatiť, "
        "оплат* обучен*, оплат* навчан*, оплат* курс*, оплат* визы, оплат* візи, оплат* документ*, оплат* регистрац*, оплат* реєстрац*, стоимость обучен*, вартість навчан*, opłat* za, payment for training, payment for the training, pago del curso, "
        "реєстрація, реєстрацію, регистрация, регистрацию, rejestracja, rejestracji, visum, vízum, viză, visado, papiere, papiery, cursul, cursului, inscripción, "
        "fee, fees, commission, quota, iscrizione, spese di agenzia, frais de, kayıt ücret*, komisyon*, mokestis, honorarios de agencia, honorarios agencia, wkład*, si beru, beru, bereme, беру, берем, беремо, vezmu si, registration, opłat*, wpisow*, комісі*, комисси*, комисион*, сплачу*, сплатит*, внес*, взнос*, внеск*, за оформл*, оформлення, оформление визы, оформление документов, виза, віза, визы, візи, приглашени*, "
        "за послуг*, за услуг*, плата за, оплата за, poplat*, gebühr*, taxă, taxa, taxe, comision*, cuota, tarifa, díj, díja, такса*, repay, repaid, recruitment fee, we charge, i charge, "
        "visa, визу, візу, wiza, wizę, бронюв*, бронирован*, за місце, за место, зaбронювaти, predoplat*, предоплат*, передоплат*, przedpłat*, наперед, vopred, előre, abonar, "
        "hay que pagar, debe pagar, debes pagar, deberá pagar, tienes que pagar, gastos de gestión, tasa, tasas, tramitación, *gebühr, *gebühren, vermittlungsprovision",
        "deposit": "кауц*, deposit*, depozit*, bond of, security bond, caparra, cauzion*, caution, dépôt de garantie, užstat*, kaucj*, залог*, застав*, завдат*, задатк*, kauc*, kauci*, kaution, fianza, garanție, garanția, депозит*, капаро, zadatek, zadatk*",
        "deduction": "deduct*, trattenut*, trattien*, retenu*, kesinti*, potrąc*, potrac*, вычит*, удерж*, відрах*, вирахов*, вираховують, відраховується, srážk*, strháv*, zráž*, abzug, abgezogen, abzüge, reținut*, retin*, descont*, "
        "descuent*, удръж*, levon*, składk*, утримуєтьс*, приспад*, удържа*, einbehalten*, odráta*, strhn*, se opresc, opresc, opriți",
        "penalty": "penale, penali, baud*, pénalit*, cezası, kara, kary, karę, karą, штраф*, неустойк*, fine, fined, fines, penalty, penalties, pokut*, strafe, vertragsstrafe*, amend*, amenzi*, büntetés*, "
        "kötbér*, multa, multas, penaliz*, глоба*, глобя*",
        "advance": "acompte*, avanso, avansas, аванс*, zaliczk*, advance, advances, záloh*, preddav*, vorschuss*, anticipo*, avans*, előleg*",
        "loan": "loan*, pożycz*, кредит*, kredyt*, pôžič*, půjč*, позик*, взаймы, darlehen, împrumut*, préstamo*, kölcsön*, заем, dług, debt*, борг*, долг*",
        "housing_cost": "мешкан*, помешкан*, bills, nebenkosten, nk, rezsi*, ubytk*, коммунал*, общаг*, cazar*, настаняван*, ubyt, bydlen*, bývan*, dormitory, affitto, alloggio, stanza, logement*, loyer*, chambre*, būst*, nuom*, konaklama*, kirası, kiralık, bett, bed, beds, bunk, shared flat, flat share, apartment*, wohnung, wohnungen, cama, łóżko, lůžko, lôžko, ágy, легло, ліжко, кровать, койко*, наем, наема, наемът, оренд*, аренд*, czynsz*, lakbér, garsonier*, zakwater*, mieszkan*, nocleg*, kwater*, accommodation, housing, rent, room, rental, жиль*, житл*, проживан*, прожив*, гуртож*, общежит*, хостел*, "
        "ubytov*, unterkunft, miete, zimmer, chiri*, *miete, *mietkosten, caravan, alojam*, alquil*, habitación, szállás*, lakhatás*, albérlet, квартир*, кімнат*, комнат*, нощувк*, стая, pokój, "
        "wynajem, nájem*, + media, za media, i media, media ok, комунал*, комуналь*, hostel*, utilities",
        "bonus": "компенсац*, świadczen* socjaln*, kindergeld, na dziecko, na jedno dziecko, tips, tipsul, tipsuril*, bacșiș*, чаев*, чайов*, napiwk*, trinkgeld*, propina*, borravaló*, за виконан* норм*, за выполнен* норм*, за перевиконан*, за перевыполнен*, za wykonanie norm*, za normę, святков* дн*, праздничн* дн*, dni świąteczn*, za święta, w święta, feiertag*, bank holiday*, public holiday*, svátk*, sviatk*, sărbător*, días festivos, festivos, dietas, dýšk*, tringelt*, tuzér*, prime, primes, mancia, mance, bahşiş*, добов*, bonus*, premi, premia, premie, premii, premię, premią, premiow*, prémi*, dodat*, dopłat*, доплат*, прем*, надбавк*, бонус*, единовременн*, единоразов*, одноразов*, variable, variables, per diem, plus nocturnidad, nocturnidad, plus transporte, plus convenio, подъем*, підйом*, příplat*, príplat*, "
        "zuschlag*, zulage*, spor, sporuri, primă, prima, incentiv*, pótlék*, bónusz*, jutal*, dieta, diety, dietę, diet, diéta, spesen, verpflegung*, diurn*, командировоч*, "
        "суточн*, one - off, one - time, award*, reward*, prize, referral, refer, polecen*, nagrod*, allowance*, supplement*, differential, additional, extra, дополнит*, додатков*, overtime, nadgodzin*, переработк*, переробіт*, сверхуроч*, "
        "понаднорм*, přesčas*, nadčas*, überstund*, horas extra*, tips, napiwk*, чаев*, чайов*, стимулир*, perks, dojazdow*, kilometr*, zwrot*, ramburs*, tips*, bacșiș*, bakšiš*, propin*, бакшиш*, spropitn*, reimburse*, refund*, компенсац*, материальн*, вислуг*, borravaló, trinkgeld*, plus de, wyżywieniow*, "
        "świąteczn*, weihnachts*, urlaubsgeld, cafeteria, stimulent*, bon, bony, voucher*, tichete, stipend, stipends, stipendium, за приглаш*, за запрош*, приведи, приведен*, bonuri, poleconego, за суббот*, за воскресен*, за выходн*, за ночн*, за субот*, за неділ*, за вихідн*, за нічн*, "
        "ваучер*, stravenk*, gastrolistk*, *bónusz, *bonus, *zuschlag, *zulage, *prämie, *pótlék, *příplatek, w weekend*, w sobot*, w niedziel*, należnoś*, podróży służbow*, relokacj*, relocation, za sobot*, za niedziel*, za noc*, samstag*, sonntag*, gift*, welcome, sign - on, signing, relocation, ticket*, командировъчн*, командировки, auslöse*, auslösung*, stravné, stravného, náborov*, doporučen*, odporúčan*, empfehl*, recomand*, ajánlás*, polecając*, polecisz, útiköltség*, diurnă",
        "other": "you pay, you will pay, płacisz, платите, платиш, оплачиваете, zahlen sie, sie zahlen, du zahlst, usted paga, paga usted, plătești, plătiți, platíš, platíte, бюджет*, санітарн* книж*, санитарн* книж*, санкниж*, санепід*, санэпид*, аналізи, анализы, badania lekarskie, książeczk*, при условии оплаты, за умови оплати, pod warunkiem opłacenia, поріг, порогу, порога, порог, próg, progu, threshold, не перевищ*, не превыш*, nie przekrocz*, одяг, спецодяг*, взуття, одежда, спецодежд*, обувь, odzież, buty, workwear, uniform, uniforme, kleidung, arbeitskleidung, sicherheitsschuhe, ropa de trabajo, oblečení, oblečenie, pracovní boty, echipament, бутерброд*, кава, каву, їдальн*, столов*, stołówk*, canteen*, kantine*, wyżywieni*, seguro*, cheque*, sprzedaż na poziomie, insurance, ubezpiecz*, страхов*, karta, karty, multisport, dofinans*, benefit, benefits, discount, zniżk*, rabat*, скидк*, знижк*, lift*, lifting, pasaje, gastos, ára, árat, cena, ceny, cenie, cenę, цена, ціна, "
        "цін*, cen, price, prices, preis, koszt*, cost, costs, costă, costa, cuesta, cuestan, koste*, стоим*, вартіст*, вартост*, wartoś*, valorad*, valor, grant*, odprowadz*, meal*, posiłk*, obiad*, харчув*, питани*, обід*, обед*, їжа, їду, mahlzeit, "
        "transport*, fuel, paliw*, пальн*, топлив*, kieszonk*, revenue*, assets, turnover, flow, budżet*, obrot*, kapitał*, capital, przetarg*, postępowan*, zamówie*, tender*, investi*, инвестиц*, інвест*, "
        "tuition, training, szkolen*, interest, clients, klient*, клієнт*, клиент*, users, użytkown*, fond, najniższ* krajow*, "
        "покупк*, zakup*, за квиток, квиток, квитки, билет*, traded, sales of, sales target*, in sales, annual sales, sales volume, marż*, продаж*, prodej, tržb*, grantu, equity, worth, donation*, charity, savings, медкомисс*, медосмотр*, медогляд*, медичн* огляд*, dojazd, dojazdu, "
        "доїзд*, проїзд*, проезд*, benzyn*, plany sprzedaż*, limit*, bilet, biletu, bilety, кошту*, doprava, dopravu, jídlo, jedlo, strava, stravu, stravovan*, храна, храната, mâncare, comida, étkezés*, étkeztet*, дорога, дорогу, дороги, cesta, cestu, cesty, jobticket*, flight, flights, asigurare*, asigurări*, curso, cursos, führerschein*, kurzu, školení, školenie, обучение, курсы, курси, tanfolyam*, umschulung, biztosítás*, versicherung*, krankenversicherung*, poistenie, poistné, pojištění, pojistné, осигуровк*, letenka, letenku, jízdné, fahrkarte*, fahrtkosten*, билетът, biletul, jegy",
    }
)
RIGHT_OTHER: Lexicon[str] = Lexicon(
    {
        "fee": "for the visa, for visa, for your visa, for the documents, for documents, for your documents, for papers, for registration, for the course, for training materials, for processing, за визу, за візу, за документ*, за обучен*, за навчан*, за курсы, за курси, "
        "za wizę, za dokument*, za rejestrac*, za szkolenie, für das visum, für visum, für papiere, für die papiere, für den kurs, für die anmeldung, por la tramitación, por tramitación, por el visado, por el curso, por la inscripción, pentru viză, pentru acte, pentru curs, pentru înscriere, za vízum, za víza, za doklady, za školení, za školenie, za kurz, "
        "fee, fees, commission, wkład*, si beru, beru, bereme, беру, берем, беремо, vezmu si, recruitment fee, registration, opłat*, предоплат*, передоплат*, наперед, upfront, вперед, processing, zapłacić, einschreib*, poplat*, gebühr*, комісі*, комисси*, taxă, за оформлен*, за послуг*, за услуг*, za pośred*, за працевлашт*, за трудоустройство, за реєстрац*, за регистрац*",
        "deposit": "кауц*, deposit, kaucj*, залог*, застав*, завдат*, kauc*, kaution, fianza, депозит*, zadatk*",
        "deduction": "віднімаєт*, віднімаємо, з першої зарплати, із першої зарплати, з зарплати, с первой зарплаты, из первой зарплаты, с зарплаты, z pierwszej wypłaty, od pierwszej wypłaty, from your first pay, vom ersten lohn, вычет, відрахування, утримання, abzug, potrącenie, deduction, deducted, withheld, taken from, taken out of, taken off, from first pay, from first salary, from your first, from the first salary, off your first, off your wages, potrącan*, удержив*, удержат*, се удържа*, удържа*, вычита*, вычтем, відрахову*, вирахову*, abgezogen, descontad*, descontados, einbehalten, zrážan*, zrazen*, приспада*, утримуєтьс*, утримуємо, reținuți, reținută, se reține, se rețin, se oprește, se opresc, trattenut*, retenu*, kesilir, kesilecek, odečten*, odpočít*, sražen*, stržen*, strháv*, levonva, back from, from your wages, from your pay, from your salary, from wages, z wypłaty, z pensji, из зарплаты, із зарплати, od výplaty, z výplaty, del sueldo, din salariu, vom lohn",
        "penalty": "penalty, fine, kary, kara, штрафу, штраф, неустойк*, pokut*, strafe, de multa",
        "advance": "аванс*, zaliczk*, vorschuss*, záloh*, advance, avans, anticipo",
        "loan": "sa odpracuje, odpracuj*, odrobi*, отрабатывается, отрабатываете, отработаете, відпрацьовується, відпрацьовуєте, відпрацюєте, се отработва, worked off, work off, you work it off, se devuelve trabajando, abarbeiten, abgearbeitet, ledolgoz*, loan, kredyt*, взаймы, позик*, pożyczk*",
        "bonus": "компенсац*, de plus, de prime, bonus*, premia, premii, premie, premią, premi, dodatku, dodatek, dieta, diety, dietę, referral, award, reward, allowance, supplement, na start za, za polecen*, dopłaty, доплат*, премі*, преми*, бонус*, надбавк*, příplatek, "
        "prémie, zuschlag, zulage, spesen, prémium, bónusz, for each successful, diurnă, dojazdow*, tip, tips, zwrot*, tichet*, при трудоустройстве, подъемных, signing, sign - on, retention, cash award, welcome, gift, "
        "relocation, per hired, per referral, per successful, per qualified, for each referral, za każdą polecon*, za polecon*, refunded, reimbursed, повертаємо, повертається, возвращаем, возвращается, preplaten*, proplacen*, proplácíme, preplácame, rambursat*, rambursăm, megtérít*, erstattet, възстановяваме",
        "other": "при условии оплаты, за умови оплати, / os, / osob*, / person, / pers, / pax, / чел, / осіб, / особу, life insurance, insurance, benefit, benefits, hospital benefit, per diem hospital, reimbursement, grant, discount, zniżki, voucher, daily hospital, for transport, for travel, for food, for meals, за проезд, за проїзд, за питание, за харчування, za dojazd, za transport, za posiłki, por transporte, "
        "für verpflegung, für transport, pentru transport, pentru masă, za posiłek, od osoby, za osobę, per person, z osoby, budget, canbe re, repay*, revenue, in assets, "
        "assets, in sales, raw, budżet*, squar*, users, clients",
        "housing_cost": "+ ком, + комун*, + коммун*, + czynsz*, + opłaty, + utilities, + bills, за проживан*, за житл*, за жиль*, za mieszkan*, za zakwaterow*, za ubytov*, za nocleg, za pokój, for accommodation, for housing, for room, for the room, for a room, for your room, for the dormitory, for a bed, for the bed, for rent, rent, board, lodging, miete, für unterkunft, für die unterkunft, warmmiete, за гуртож*, за комнат*, за кімнат*, "
        "za media, + media, + лічильник*, + счетчик*, pentru cazare, por alojam*, de alquiler, szállásdíj, lakbér, czynsz*, nájem*, kaltmiete",
    }
)

NOT_MONEY: Lexicon[str] = Lexicon(
    {
        "age": "ans, anni, yaş, metų, лет, років, рік, роки, years old, year old, yo, lat, lata, let, rokov, ani, jahre, jahren, éves, év, años, anys, години възраст, год, года",
        "hours": "ч, часах, часам, годинах, h, hours, hrs, hour, hr, godz, godzin*, godzi, часов, часа, час, год, годин, години, hod, hodin, hodín, std, stunden, horas, hores, ore, óra, órás, g, h / d, годинн*, часовой, hodinov*, minut*, minute*, хвилин*, мин, хв, min",
        "vacancies": "osob*, osób, people, persons, vacancies, openings, positions, человек, чел, людей, чоловік, осіб, вакансій, вакансий, мест, місць, lidí, ľudí, personen, persoane, personas, fő, хора, души, места, місця, pracownik*, працівник*",
        "percent": "%, percent, procent*, процент*, відсот*, prozent, por ciento",
        "other": "wpm, lbs, lb, calendar, business days, working days, robocz*, kalendarz*, календарн*, рабочих, робочих, laborables, naturales, hábiles, werktag*, "
        "arbeitstag*, każdego, кожного, каждого, km, км, m2, м2, m3, м3, qm, mq, mp, м, kg, кг, tonn*, тонн*, kw, квт, mm, мм, cm, см, раз, раза, рази, razy, times, числа, число, day, days, dni, dnia, день, днів, дней, дня, дни, днів, дні, днi, tage, tagen, días, zile, nap, napos, dnů, dny, dní, dňa, "
        "month*, months, miesiąc*, miesięcy, мес, месяц*, місяц*, міс, monate*, luni, meses, mes, měsíc*, mesiac*, hónap, week*, tygodni*, tyg, недел*, тижн*, wochen, saptamani, semanas, týdn*, týžd*, hét, year*, years, rok*, "
        "den v, deň v, den každého, числа, числу, числото, то число, языка, mieście, countries, krajach, stron*, клас*, класс*, разряд*, розряд*, категори*, поверх*, этаж*, kat, st, nd, rd, th, zmian*, зміни, смены, смен, зміну, смен*, schicht*, turnos, schimburi, °, x, й, я, го, ти, ой, tego, tym, ym, "
        "pagas, pagues, drive*, mile*, minute drive, words, keystrokes, lekcji, grup, групп, груп, usuari*, pokoj*, ліжк*, етаж*, точк*, шт, sztuk, штук, tys użyt*, clients, klient*, клиент*, клієнт*, користув*, użytkown*, пользов*, transakcj*, artykuł*, pages, reviews, "
        "oddział*, компан*, firm*, offices, oficinas, professional*, profesional*, agent*, facilit*, hospital*, sklep*, магазин*, etat*, ставк*",
    }
)
UNITS: Lexicon[str] = Lexicon(
    {
        "distance": "km, км, mile*, drive, minute drive",
        "duration": "day, days, dni, dnia, день, днів, дней, дня, дни, дні, днi, tage, tagen, días, zile, nap, napos, dnů, dny, dní, dňa, month*, months, miesiąc*, "
        "miesięcy, мес, месяц*, місяц*, міс, monate*, luni, meses, mes, měsíc*, mesiac*, hónap, week*, tygodni*, tyg, недел*, тижн*, wochen, saptamani, semanas, "
        "týdn*, týžd*, hét, year*, years, rok*",
    }
)
"""What the units of NOT_MONEY["other"] measure, where that is worth telling."""

THEN: Lexicon[bool] = Lexicon(
    {
        True: "potem, następnie, później, потом, далее, затем, позже, потім, далі, згодом, then, later, luego, después, později, potom, danach, dann, apoi, după aceea, után, после това"
    }
)
"""Before the next of two pays: "2200 zł, потом 3000"."""
EACH: Lexicon[bool] = Lexicon(
    {
        True: "for each, for every, per each, za każdą, za każdy, za każde, za jeden, за каждый, за каждую, за каждое, за кожен, за кожну, за кожне, por cada, für jede, für jeden, "
        "für jedes, pentru fiecare, za každou, za každý, za každú, za každé, за всеки, за всяка, za wykonanie, za sztukę"
    }
)
"""Before a noun that is no stretch of time: paid by the piece."""
OPEN_END: Lexicon[bool] = Lexicon(
    {
        True: "i wzwyż, i więcej, i wyżej, lub więcej, and up, and more, and above, or more, и выше, и более, і вище, і більше, или повече, minimum, mínimo, мінімум, минимум, y más, și peste, a více, a viac, und mehr"
    }
)
"""Behind amount, period and basis: the amount is the least."""
HOURS_NAMED: Lexicon[bool] = Lexicon({True: "hours :, godzin :, часов :, годин :, stunden :, horas :, hodin :"})
HOURS_CUES: Lexicon[bool] = Lexicon(
    {
        True: "godzinach, godz, godziny, praca, pracy, zmiany, zmianach, shift, shifts, working hours, schedule, horario, horari, turno, turnos, смена, смены, зміна, зміни, график, режим работы, графік, "
        "режим роботи, часы работы, arbeitszeit, schicht, směny, zmeny, program, munkaidő, работно време, work time, pracovní doba, pracovná doba, pracovný čas"
    }
)

AGE_CUES: Lexicon[bool] = Lexicon(
    {
        True: "age, aged, ages, wiek, wieku, возраст*, вік, віком, віці, чоловік*, жінк*, мужчин*, женщин*, дівчат*, девуш*, хлопц*, парн*, alter, vârst*, edad, kor, életkor, věk, vek, ve věku, възраст*, kobiet*, mężczyzn*, ženy, muži, frauen, männer, women, men, girls, femei, bărbați, mujeres, hombres, nők, férfiak, жени, мъже"
    }
)
