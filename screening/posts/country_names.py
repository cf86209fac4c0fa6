"""Country names and codes as feeds write them, for `countries.read_country`.

Codes and English short names follow ISO 3166-1; names in the other languages (uk ru pl ro bg de cs sk hu es) are given for
the countries that recruitment in Europe, the Gulf and South-East Asia names. Fields: alpha-2, alpha-3, then names by "|".
"""

from __future__ import annotations

COUNTRY_LINES = """\
AD AND Andorra
AE ARE United Arab Emirates|UAE|Emirates|Dubai|Об'єднані Арабські Емірати|ОАЕ|Эмираты|Объединенные Арабские Эмираты|Zjednoczone Emiraty Arabskie|Emiraty Arabskie|Emiratele Arabe Unite|Обединени арабски емирства|Vereinigte Arabische Emirate|Spojené arabské emiráty|Egyesült Arab Emírségek|Emiratos Árabes Unidos
AF AFG Afghanistan
AG ATG Antigua and Barbuda
AI AIA Anguilla
AL ALB Albania|Албанія|Албания|Albanien|Albánie|Albánsko|Albánia
AM ARM Armenia|Вірменія|Армения|Армения|Armenien|Arménie|Arménsko|Örményország
AO AGO Angola
AQ ATA Antarctica
AR ARG Argentina
AS ASM American Samoa
AT AUT Austria|Австрія|Австрия|Österreich|Rakousko|Rakúsko|Ausztria
AU AUS Australia|Австралія|Австралия|Australien|Austrálie|Austrália|Ausztrália
AW ABW Aruba
AX ALA Aland Islands|Åland Islands
AZ AZE Azerbaijan|Азербайджан|Azerbejdżan|Aserbaidschan|Azerbaidjan
BA BIH Bosnia and Herzegovina|Bosnia|Боснія і Герцеговина|Босния и Герцеговина|Bośnia i Hercegowina|Bosnien und Herzegowina
BB BRB Barbados
BD BGD Bangladesh|Бангладеш|Bangladesz|Bangladesch
BE BEL Belgium|Бельгія|Бельгия|Belgia|Belgien|Belgie|Belgicko|Belgium|Bélgica|België|Belgique
BF BFA Burkina Faso
BG BGR Bulgaria|Болгарія|Болгария|Bułgaria|България|Bulgarien|Bulharsko|Bulgária
BH BHR Bahrain|Бахрейн|Bahrajn
BI BDI Burundi
BJ BEN Benin
BL BLM Saint Barthelemy|Saint Barthélemy
BM BMU Bermuda
BN BRN Brunei|Brunei Darussalam
BO BOL Bolivia
BQ BES Bonaire, Sint Eustatius and Saba
BR BRA Brazil|Бразилія|Бразилия|Brazylia|Brasilien|Brazílie|Brasil
BS BHS Bahamas
BT BTN Bhutan
BV BVT Bouvet Island
BW BWA Botswana
BY BLR Belarus|Білорусь|Беларусь|Белоруссия|Białoruś|Беларус|Weißrussland|Bělorusko|Bielorusko|Fehéroroszország|Bielorrusia
BZ BLZ Belize
CA CAN Canada|Канада|Kanada|Canadá
CC CCK Cocos (Keeling) Islands
CD COD Democratic Republic of the Congo|Congo, Democratic Republic of the|DR Congo
CF CAF Central African Republic
CG COG Congo|Republic of the Congo
CH CHE Switzerland|Швейцарія|Швейцария|Szwajcaria|Elveția|Schweiz|Švýcarsko|Švajčiarsko|Svájc|Suiza|Suisse
CI CIV Cote d'Ivoire|Côte d'Ivoire|Ivory Coast
CK COK Cook Islands
CL CHL Chile
CM CMR Cameroon
CN CHN China|Китай|Chiny|Čína|Kína|People's Republic of China
CO COL Colombia
CR CRI Costa Rica
CU CUB Cuba
CV CPV Cabo Verde|Cape Verde
CW CUW Curacao|Curaçao
CX CXR Christmas Island
CY CYP Cyprus|Кіпр|Кипр|Cypr|Cipru|Кипър|Zypern|Kypr|Cyprus|Ciprus|Chipre
CZ CZE Czechia|Czech Republic|Чехія|Чехия|Czechy|Republika Czeska|Cehia|Tschechien|Tschechische Republik|Česko|Česká republika|Csehország|Chequia|República Checa
DE DEU Germany|Німеччина|Германия|Niemcy|Germania|Deutschland|Německo|Nemecko|Németország|Alemania|Federal Republic of Germany
DJ DJI Djibouti
DK DNK Denmark|Данія|Дания|Dania|Danemarca|Dänemark|Dánsko|Dánia|Dinamarca|Danmark
DM DMA Dominica
DO DOM Dominican Republic
DZ DZA Algeria
EC ECU Ecuador
EE EST Estonia|Естонія|Эстония|Естония|Estland|Estonsko|Estónsko|Észtország|Eesti
EG EGY Egypt|Єгипет|Египет|Egipt|Ägypten|Egyiptom|Egipto
EH ESH Western Sahara
ER ERI Eritrea
ES ESP Spain|Іспанія|Испания|Hiszpania|Spania|Spanien|Španělsko|Španielsko|Spanyolország|España
ET ETH Ethiopia
FI FIN Finland|Фінляндія|Финляндия|Finlandia|Finlanda|Finnland|Finsko|Fínsko|Finnország|Suomi
FJ FJI Fiji
FK FLK Falkland Islands
FM FSM Micronesia
FO FRO Faroe Islands
FR FRA France|Франція|Франция|Francja|Franța|Frankreich|Francie|Francúzsko|Franciaország|Francia
GA GAB Gabon
GB GBR United Kingdom|UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|Велика Британія|Великобританія|Англія|Великобритания|Англия|Wielka Brytania|Anglia|Zjednoczone Królestwo|Marea Britanie|Regatul Unit|Обединено кралство|Großbritannien|Vereinigtes Königreich|Velká Británie|Veľká Británia|Spojené království|Egyesült Királyság|Nagy-Britannia|Reino Unido
GD GRD Grenada
GE GEO Georgia|Грузія|Грузия|Gruzja|Georgien|Gruzie|Gruzínsko|Grúzia
GF GUF French Guiana
GG GGY Guernsey
GH GHA Ghana
GI GIB Gibraltar
GL GRL Greenland
GM GMB Gambia
GN GIN Guinea
GP GLP Guadeloupe
GQ GNQ Equatorial Guinea
GR GRC Greece|EL|Греція|Греция|Grecja|Grecia|Гърция|Griechenland|Řecko|Grécko|Görögország
GS SGS South Georgia and the South Sandwich Islands
GT GTM Guatemala
GU GUM Guam
GW GNB Guinea-Bissau
GY GUY Guyana
HK HKG Hong Kong|Гонконг|Hongkong
HM HMD Heard Island and McDonald Islands
HN HND Honduras
HR HRV Croatia|Хорватія|Хорватия|Chorwacja|Croația|Хърватия|Kroatien|Chorvatsko|Chorvátsko|Horvátország|Croacia|Hrvatska
HT HTI Haiti
HU HUN Hungary|Угорщина|Венгрия|Węgry|Ungaria|Унгария|Ungarn|Maďarsko|Magyarország|Hungría
ID IDN Indonesia|Індонезія|Индонезия|Indonezja|Indonesien
IE IRL Ireland|Ірландія|Ирландия|Irlandia|Irlanda|Irland|Irsko|Írsko|Írország
IL ISR Israel|Ізраїль|Израиль|Izrael|Израел
IM IMN Isle of Man
IN IND India|Індія|Индия|Indie|Indien|Indien|India
IO IOT British Indian Ocean Territory
IQ IRQ Iraq|Ірак|Ирак|Irak
IR IRN Iran|Іран|Иран|Islamic Republic of Iran
IS ISL Iceland|Ісландія|Исландия|Islandia|Islanda|Island|Izland
IT ITA Italy|Італія|Италия|Włochy|Italia|Italien|Itálie|Taliansko|Olaszország
JE JEY Jersey
JM JAM Jamaica
JO JOR Jordan|Йорданія|Иордания|Jordania|Jordanien
JP JPN Japan|Японія|Япония|Japonia|Japonsko|Japán|Japón
KE KEN Kenya
KG KGZ Kyrgyzstan|Киргизстан|Кыргызстан|Киргизия|Kirgistan|Kirgisistan
KH KHM Cambodia|Камбоджа|Kambodża|Cambodgia|Kambodscha|Kambodža|Kambodzsa|Camboya
KI KIR Kiribati
KM COM Comoros
KN KNA Saint Kitts and Nevis
KP PRK North Korea|Korea, Democratic People's Republic of
KR KOR South Korea|Korea|Republic of Korea|Korea, Republic of|Південна Корея|Южная Корея|Корея|Korea Południowa|Coreea de Sud|Südkorea|Jižní Korea|Južná Kórea|Dél-Korea|Corea del Sur
KW KWT Kuwait|Кувейт|Kuwejt
KY CYM Cayman Islands
KZ KAZ Kazakhstan|Казахстан|Kazachstan|Kazahstan|Kasachstan|Kazahsztán|Kazajistán
LA LAO Laos|Lao People's Democratic Republic|Лаос
LB LBN Lebanon|Ліван|Ливан|Liban|Libanon|Líbano
LC LCA Saint Lucia
LI LIE Liechtenstein
LK LKA Sri Lanka
LR LBR Liberia
LS LSO Lesotho
LT LTU Lithuania|Литва|Litwa|Lituania|Litauen|Litva|Litvánia|Lietuva
LU LUX Luxembourg|Люксембург|Luksemburg|Luxemburg|Lucembursko|Luxembursko|Luxemburgo
LV LVA Latvia|Латвія|Латвия|Łotwa|Letonia|Lettland|Lotyšsko|Lettország|Latvija
LY LBY Libya
MA MAR Morocco
MC MCO Monaco
MD MDA Moldova|Republic of Moldova|Moldova, Republic of|Молдова|Молдавія|Молдавия|Mołdawia|Republica Moldova|Moldau|Moldawien|Moldavsko|Moldávia|Moldavia
ME MNE Montenegro|Чорногорія|Черногория|Czarnogóra|Muntenegru|Черна гора|Černá Hora|Čierna Hora|Crna Gora
MF MAF Saint Martin
MG MDG Madagascar
MH MHL Marshall Islands
MK MKD North Macedonia|Macedonia|Північна Македонія|Северная Македония|Macedonia Północna|Macedonia de Nord|Северна Македония|Nordmazedonien|Severní Makedonie|Severné Macedónsko|Észak-Macedónia|Macedonia del Norte
ML MLI Mali
MM MMR Myanmar|Burma|М'янма|Мьянма|Бирма|Mjanma|Birma|Birmania
MN MNG Mongolia
MO MAC Macao|Macau
MP MNP Northern Mariana Islands
MQ MTQ Martinique
MR MRT Mauritania
MS MSR Montserrat
MT MLT Malta|Мальта|Малта|Málta
MU MUS Mauritius
MV MDV Maldives|Мальдіви|Мальдивы|Malediwy|Malediven
MW MWI Malawi
MX MEX Mexico|México
MY MYS Malaysia|Малайзія|Малайзия|Malezja|Malaysien
MZ MOZ Mozambique
NA NAM Namibia
NC NCL New Caledonia
NE NER Niger
NF NFK Norfolk Island
NG NGA Nigeria|Нігерія|Нигерия
NI NIC Nicaragua
NL NLD Netherlands|The Netherlands|Holland|Нідерланди|Голландія|Нидерланды|Голландия|Holandia|Niderlandy|Olanda|Țările de Jos|Холандия|Нидерландия|Niederlande|Nizozemsko|Nizozemí|Holandsko|Hollandia|Países Bajos|Holanda|Nederland
NO NOR Norway|Норвегія|Норвегия|Norwegia|Norvegia|Norwegen|Norsko|Nórsko|Norvégia|Noruega|Norge
NP NPL Nepal|Непал
NR NRU Nauru
NU NIU Niue
NZ NZL New Zealand|Нова Зеландія|Новая Зеландия|Nowa Zelandia|Neuseeland
OM OMN Oman|Оман
PA PAN Panama
PE PER Peru
PF PYF French Polynesia
PG PNG Papua New Guinea
PH PHL Philippines|The Philippines|Філіппіни|Филиппины|Filipiny|Filipine|Филипини|Philippinen|Filipíny|Fülöp-szigetek|Filipinas
PK PAK Pakistan|Пакистан
PL POL Poland|Польща|Польша|Polska|Polonia|Полша|Polen|Polsko|Poľsko|Lengyelország
PM SPM Saint Pierre and Miquelon
PN PCN Pitcairn
PR PRI Puerto Rico
PS PSE Palestine|State of Palestine
PT PRT Portugal|Португалія|Португалия|Portugalia|Portugalsko|Portugália
PW PLW Palau
PY PRY Paraguay
QA QAT Qatar|Катар|Katar|Catar
RE REU Reunion|Réunion
RO ROU Romania|Румунія|Румыния|Rumunia|România|Румъния|Rumänien|Rumunsko|Románia|Rumania|Rumanía
RS SRB Serbia|Сербія|Сербия|Сърбия|Serbien|Srbsko|Szerbia|Srbija
RU RUS Russia|Russian Federation|Росія|Россия|Российская Федерация|РФ|Rosja|Rusia|Русия|Russland|Rusko|Oroszország
RW RWA Rwanda
SA SAU Saudi Arabia|Саудівська Аравія|Саудовская Аравия|Arabia Saudyjska|Arabia Saudită|Саудитска Арабия|Saudi-Arabien|Saúdská Arábie|Arabia Saudita|KSA
SB SLB Solomon Islands
SC SYC Seychelles
SD SDN Sudan
SE SWE Sweden|Швеція|Швеция|Szwecja|Suedia|Schweden|Švédsko|Svédország|Suecia|Sverige
SG SGP Singapore|Сінгапур|Сингапур|Singapur
SH SHN Saint Helena, Ascension and Tristan da Cunha|Saint Helena
SI SVN Slovenia|Словенія|Словения|Słowenia|Slowenien|Slovinsko|Slovinsko|Szlovénia|Eslovenia|Slovenija
SJ SJM Svalbard and Jan Mayen
SK SVK Slovakia|Slovak Republic|Словаччина|Словакия|Słowacja|Slovacia|Slowakei|Slovensko|Szlovákia|Eslovaquia
SL SLE Sierra Leone
SM SMR San Marino
SN SEN Senegal
SO SOM Somalia
SR SUR Suriname
SS SSD South Sudan
ST STP Sao Tome and Principe
SV SLV El Salvador
SX SXM Sint Maarten
SY SYR Syria|Syrian Arab Republic|Сирія|Сирия
SZ SWZ Eswatini|Swaziland
TC TCA Turks and Caicos Islands
TD TCD Chad
TF ATF French Southern Territories
TG TGO Togo
TH THA Thailand|Таїланд|Таиланд|Тайланд|Tajlandia|Tailanda|Thajsko|Thaiföld|Tailandia
TJ TJK Tajikistan|Таджикистан|Tadżykistan|Tadschikistan
TK TKL Tokelau
TL TLS Timor-Leste|East Timor
TM TKM Turkmenistan|Туркменістан|Туркменистан
TN TUN Tunisia
TO TON Tonga
TR TUR Turkey|Türkiye|Turkiye|Туреччина|Турция|Turcja|Turcia|Türkei|Turecko|Törökország|Turquía
TT TTO Trinidad and Tobago
TV TUV Tuvalu
TW TWN Taiwan|Тайвань|Tajwan
TZ TZA Tanzania|United Republic of Tanzania
UA UKR Ukraine|Україна|Украина|Украйна|Ukraina|Ucraina|Ukrajina|Ukrajna|Ucrania
UG UGA Uganda
UM UMI United States Minor Outlying Islands
US USA United States|United States of America|U.S.|U.S.A.|America|США|Сполучені Штати|Соединенные Штаты|Stany Zjednoczone|Statele Unite|САЩ|Vereinigte Staaten|Spojené státy|Spojené štáty|Egyesült Államok|Estados Unidos
UY URY Uruguay
UZ UZB Uzbekistan|Узбекистан|Uzbekistán|Usbekistan
VA VAT Holy See|Vatican City
VC VCT Saint Vincent and the Grenadines
VE VEN Venezuela
VG VGB British Virgin Islands
VI VIR US Virgin Islands|U.S. Virgin Islands
VN VNM Vietnam|Viet Nam|В'єтнам|Вьетнам|Wietnam|Виетнам
VU VUT Vanuatu
WF WLF Wallis and Futuna
WS WSM Samoa
XK XKX Kosovo|Косово|Kosowo|Koszovó
YE YEM Yemen
YT MYT Mayotte
ZA ZAF South Africa|Південна Африка|ЮАР|Republika Południowej Afryki|Südafrika
ZM ZMB Zambia
ZW ZWE Zimbabwe
"""
