"""Names of regions, in English and in their own languages, for what people type.

scripts/region_names.py writes this from CLDR. It is imported for a name alone, never for a code.
"""

from typing import Final

# A code, then its names: English first. What is indented goes on with the line before.
NAMES: Final = """
AD; Andorra
AE; United Arab Emirates; الإمارات العربية المتحدة; UAE; Emirates
AF; Afghanistan; افغانستان; Owganystan
AG; Antigua & Barbuda
AI; Anguilla
AL; Albania; Shqipëri
AM; Armenia; Հայաստան
AO; Angola
AQ; Antarctica
AR; Argentina
AS; American Samoa
AT; Austria; Österreich; Austrija; Avstrija; Ausztria
AU; Australia
AW; Aruba
AX; Åland Islands; Åland
AZ; Azerbaijan; Azərbaycan; Азәрбајҹан
BA; Bosnia & Herzegovina; Босна и Херцеговина; Bosna i Hercegovina; Bosnia
BB; Barbados
BD; Bangladesh; বাংলাদেশ
BE; Belgium; België; Belgique; Belgien
BF; Burkina Faso
BG; Bulgaria; България
BH; Bahrain; البحرين
BI; Burundi; Uburundi
BJ; Benin
BL; St. Barthélemy; Saint-Barthélemy
BM; Bermuda
BN; Brunei; بروني
BO; Bolivia
BQ; Caribbean Netherlands; Caribisch Nederland
BR; Brazil; Brasil; Brazile
BS; Bahamas
BT; Bhutan; འབྲུག
BV; Bouvet Island
BW; Botswana
BY; Belarus; Беларусь
BZ; Belize
CA; Canada; ᑲᓇᑕᒥ
CC; Cocos (Keeling) Islands
CD; Congo - Kinshasa; Jamhuri ya Kidemokrasia ya Kongo; Republíki ya Kongó Demokratíki; DR
  Congo; Democratic Republic of the Congo
CF; Central African Republic; Ködörösêse tî Bêafrîka; République centrafricaine
CG; Congo - Brazzaville; Republic of the Congo
CH; Switzerland; Schweiz; Schwiiz; Suisse; Svizzera; Svizra
CI; Côte d'Ivoire; Ivory Coast
CK; Cook Islands
CL; Chile
CM; Cameroon; Cameroun
CN; China; 中国; جۇڭگو; Cunghgoz; རྒྱ་ནག; 중국; PR China; Mainland China
CO; Colombia
CR; Costa Rica
CU; Cuba
CV; Cape Verde; Cabo Verde
CW; Curaçao; Kòrsou
CX; Christmas Island
CY; Cyprus; Κύπρος; Kıbrıs
CZ; Czechia; Česko; Czech Republic
DE; Germany; Deutschland; Tjiisklun
DJ; Djibouti; جيبوتي
DK; Denmark; Danmark; Dänemark; Danmarki
DM; Dominica
DO; Dominican Republic; República Dominicana
DZ; Algeria; الجزائر; Algérie
EC; Ecuador
EE; Estonia; Eesti
EG; Egypt; مصر
EH; Western Sahara; الصحراء الغربية
ER; Eritrea; ኤርትራ; إريتريا
ES; Spain; España; Espanya; Espainia; Espanha
ET; Ethiopia; ኢትዮጵያ
FI; Finland; Suomi; Lääʹddjânnam
FJ; Fiji
FK; Falkland Islands
FM; Micronesia
FO; Faroe Islands; Føroyar
FR; France
GA; Gabon
GB; United Kingdom; Y Deyrnas Unedig; an Ríocht Aontaithe; An Rìoghachd Aonaichte; UK; Great
  Britain; Britain; England; Scotland; Wales; Northern Ireland
GD; Grenada
GE; Georgia; საქართველო; Гуырдзыстон; Қырҭтәыла
GF; French Guiana; Guyane française
GG; Guernsey
GH; Ghana; Gaana; Ghana nutome
GI; Gibraltar
GL; Greenland; Kalaallit Nunaat
GM; Gambia
GN; Guinea; Guinée
GP; Guadeloupe
GQ; Equatorial Guinea; Guinea Ecuatorial; Guinée équatoriale; Guiné Equatorial
GR; Greece; Ελλάδα
GS; South Georgia & South Sandwich Islands
GT; Guatemala
GU; Guam
GW; Guinea-Bissau; Guiné-Bissau
GY; Guyana
HK; Hong Kong SAR China; 中國香港特別行政區; Hong Kong
HM; Heard & McDonald Islands
HN; Honduras
HR; Croatia; Hrvatska; Croazia; Croasia
HT; Haiti
HU; Hungary; Magyarország
ID; Indonesia
IE; Ireland; Éire
IL; Israel; ישראל; إسرائيل
IM; Isle of Man; Ellan Vannin
IN; India; भारत; ভারত; భారతదేశం; இந்தியா; بھارت; ભારત; ಭಾರತ; ଭାରତ; ഇന്ത്യ; ਭਾਰਤ; ভাৰত; ᱤᱱᱰᱤᱭᱟ;
  ہِندوستان; ڀارت
IO; British Indian Ocean Territory
IQ; Iraq; العراق; عێراق
IR; Iran; ایران
IS; Iceland; Ísland
IT; Italy; Italia; Italie
JE; Jersey
JM; Jamaica
JO; Jordan; الأردن
JP; Japan; 日本
KE; Kenya
KG; Kyrgyzstan; Кыргызстан; Киргизия
KH; Cambodia; កម្ពុជា
KI; Kiribati
KM; Comoros; جزر القمر; Comores
KN; St. Kitts & Nevis
KP; North Korea; 북한; DPRK
KR; South Korea; 대한민국; Republic of Korea
KW; Kuwait; الكويت
KY; Cayman Islands
KZ; Kazakhstan; Казахстан; Қазақстан
LA; Laos; ລາວ
LB; Lebanon; لبنان
LC; St. Lucia
LI; Liechtenstein; Liächteschtäi
LK; Sri Lanka; ශ්‍රී ලංකාව; இலங்கை
LR; Liberia
LS; Lesotho
LT; Lithuania; Lietuva
LU; Luxembourg; Lëtzebuerg; Luxemburg
LV; Latvia; Latvija
LY; Libya; ليبيا
MA; Morocco; المغرب; Maroc; Meṛṛuk
MC; Monaco
MD; Moldova; Republica Moldova
ME; Montenegro; Crna Gora
MF; St. Martin; Saint-Martin
MG; Madagascar; Madagasikara
MH; Marshall Islands
MK; North Macedonia; Северна Македонија; Maqedonia e Veriut; Macedonia
ML; Mali
MM; Myanmar (Burma); မြန်မာ; Burma
MN; Mongolia; Монгол
MO; Macao SAR China; 中國澳門特別行政區; Macau, RAE da China; Macau
MP; Northern Mariana Islands
MQ; Martinique
MR; Mauritania; موريتانيا
MS; Montserrat
MT; Malta
MU; Mauritius; Maurice
MV; Maldives; ދިވެހި ރާއްޖެ
MW; Malawi
MX; Mexico
MY; Malaysia
MZ; Mozambique; Moçambique
NA; Namibia
NC; New Caledonia; Nouvelle-Calédonie
NE; Niger
NF; Norfolk Island
NG; Nigeria; Nàìjíríà
NI; Nicaragua
NL; Netherlands; Nederland; Nederlân; Holland; The Netherlands
NO; Norway; Norge; Noreg; Norga
NP; Nepal; नेपाल
NR; Nauru
NU; Niue
NZ; New Zealand; Aotearoa
OM; Oman; عُمان
PA; Panama
PE; Peru
PF; French Polynesia; Polynésie française
PG; Papua New Guinea; Papua Niugini
PH; Philippines; Pilipinas
PK; Pakistan; پاکستان
PL; Poland; Polska; Polen; Lenkija
PM; St. Pierre & Miquelon; Saint-Pierre-et-Miquelon
PN; Pitcairn Islands
PR; Puerto Rico
PS; Palestinian Territories; الأراضي الفلسطينية; Palestine
PT; Portugal
PW; Palau
PY; Paraguay; Paraguai
QA; Qatar; قطر
RE; Réunion; La Réunion
RO; Romania
RS; Serbia; Srbija; Србија; Szerbia; Srbsko; Сербія
RU; Russia; Россия; Росси; Арассыыйа; Рузонь мастор; Русија; Russian Federation
RW; Rwanda; U Rwanda
SA; Saudi Arabia; المملكة العربية السعودية
SB; Solomon Islands
SC; Seychelles
SD; Sudan; السودان
SE; Sweden; Sverige; Ruotsi
SG; Singapore; 新加坡; Singapura; சிங்கப்பூர்
SH; St. Helena
SI; Slovenia; Slovenija; Zlovenia
SJ; Svalbard & Jan Mayen; Svalbard og Jan Mayen
SK; Slovakia; Slovensko
SL; Sierra Leone
SM; San Marino
SN; Senegal; Senegaal
SO; Somalia; Soomaaliya; الصومال
SR; Suriname
SS; South Sudan
ST; São Tomé & Príncipe; São Tomé e Príncipe
SV; El Salvador
SX; Sint Maarten
SY; Syria; سوريا
SZ; Eswatini; Swaziland
TC; Turks & Caicos Islands
TD; Chad; تشاد; Tchad
TF; French Southern Territories
TG; Togo
TH; Thailand; ไทย
TJ; Tajikistan; Тоҷикистон
TK; Tokelau
TL; Timor-Leste; East Timor
TM; Turkmenistan
TN; Tunisia; تونس; Tunisie
TO; Tonga
TR; Türkiye; Turkey
TT; Trinidad & Tobago
TV; Tuvalu
TW; Taiwan; 台灣
TZ; Tanzania
UA; Ukraine; Україна; Украина
UG; Uganda
UM; U.S. Outlying Islands
US; United States; Estados Unidos; ʻAmelika Hui Pū ʻIa; US; USA; United States of America;
  America; The States
UY; Uruguay
UZ; Uzbekistan; Oʻzbekiston; Ўзбекистон
VA; Vatican City; Città del Vaticano; Vatican; Holy See
VC; St. Vincent & Grenadines
VE; Venezuela
VG; British Virgin Islands
VI; U.S. Virgin Islands
VN; Vietnam; Việt Nam
VU; Vanuatu
WF; Wallis & Futuna; Wallis-et-Futuna
WS; Samoa
YE; Yemen; اليمن
YT; Mayotte
ZA; South Africa; iNingizimu Afrika; EMzantsi Afrika; Suid-Afrika; Afrika Borwa; Aforika Borwa
ZM; Zambia
ZW; Zimbabwe
"""
