"""Uzbek words that the rules of portal/ui/cyrillic.py would spell otherwise: Latin, then Cyrillic. Endings follow by themselves."""

# Loan words: ц where Latin writes s or ts, ь and ъ that Latin leaves out, э after a consonant.
_LOANS = """
abzas абзац adyutant адъютант aksent акцент aksioner акционер aksiz акциз albom альбом alkogol алкоголь alpinist альпинист
alternativ альтернатив apelsin апельсин aprel апрель arxangelsk архангельск asfalt асфальт asfaltlash асфальтлаш astraxan астрахань
atsetilen ацетилен atseton ацетон auksion аукцион avtomobil автомобиль avtotsisterna автоцистерна batalyon батальон belarus беларусь
belgiya бельгия bilyard бильярд bulldozer бульдозер bulvar бульвар bulyon бульон cherepitsa черепица cherepovets череповец dekabr декабрь
detal деталь dizel дизель donetsk донецк dotsent доцент dvigatel двигатель dyubel дюбель elektrostal электросталь emal эмаль
emulsiya эмульсия ensiklopediya энциклопедия fakultet факультет feldmarshal фельдмаршал feldsher фельдшер fevral февраль film фильм
filtr фильтр filtratsiya фильтрация filtrlash фильтрлаш fonar фонарь fransuz француз funksional функционал gantel гантель gastrol гастроль
gelmint гельминт gilza гильза glitserin глицерин gospital госпиталь impuls импульс insulin инсулин intervyu интервью inyeksiya инъекция
iyul июль iyun июнь kabel кабель kafel кафель kalendar календарь kalkulyator калькулятор kalsiy кальций kanselyariya канцелярия
kartofel картофель kazan казань kompyuter компьютер konki коньки konsentrat концентрат konsentratsiya концентрация konsepsiya концепция
konsern концерн konsert концерт konsessiya концессия konsultant консультант konsultatsiya консультация kontrol контроль konyak коньяк
konyunktura конъюнктура kreml кремль kultivator культиватор kultura культура kvars кварц lager лагерь lipetsk липецк litsenziya лицензия
litsenziyalangan лицензияланган litsenziyalash лицензиялаш litsey лицей lyubertsi люберци magistral магистраль mebel мебель medal медаль
meditsina медицина mer мэр mobil мобиль model модель motel мотель mototsikl мотоцикл mulcha мульча multfilm мультфильм
multimedia мультимедиа multimetr мультиметр munitsipal муниципал nalchik нальчик nenets ненец nikel никель nippel ниппель nol ноль
norilsk норильск novokuznetsk новокузнецк noyabr ноябрь obyekt объект obyektiv объектив ofitser офицер oked окэд oktabr октябрь okved оквэд
otel отель palma пальма palto пальто panel панель parol пароль patrul патруль pavilon павильон pedal педаль penitsillin пенициллин
pensiya пенсия perm пермь pinset пинцет pitsa пицца pitseriya пиццерия plastir пластырь platskart плацкарт plitsa плица podolsk подольск
podyezd подъезд polsha польша porshen поршень portfel портфель prinsip принцип printsip принцип profil профиль protsedura процедура
protsent процент protsess процесс protsessor процессор pulsar пульсар pult пульт rels рельс retsept рецепт rezultat результат rol роль
rubl рубль rul руль ryazan рязань sekretar секретарь seld сельдь sellofan целлофан sellyuloza целлюлоза selsiy цельсий sement цемент
sementlash цементлаш sent цент sentabr сентябрь sentner центнер sentr центр sentrifuga центрифуга senz ценз senzura цензура
sevastopol севастополь sex цех seytnot цейтнот shampun шампунь shnitsel шницель shpris шприц shtabel штабель shtangensirkul штангенциркуль
shtapel штапель shtepsel штепсель shveysariya швейцария sibir сибирь sikl цикл siklon циклон silindr цилиндр sinkografiya цинкография
sirk цирк sirkul циркуль sirroz цирроз sisterna цистерна sitata цитата sitrus цитрус sivilizatsiya цивилизация slesar слесарь
spetsifika специфика spetskiyim спецкийим spetsovka спецовка spetstexnika спецтехника spiral спираль stavropol ставрополь stil стиль
subyekt субъект syezd съезд syomka съёмка tabel табель talk тальк tekstil текстиль tokar токарь tolyatti тольятти tonnel тоннель tver тверь
tyumen тюмень ultrabinafsha ультрабинафша ultratovush ультратовуш ulyanovsk ульяновск vakansiya вакансия vaksina вакцина vals вальс
valsovka вальцовка ventil вентиль vermishel вермишель vitse вице volt вольт xolodilnik холодильник yanvar январь yaroslavl ярославль
zapchast запчасть
"""
_PAIRS = _LOANS.split()
STEMS = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))

# Written as they are in both alphabets: what machines, banks and offices write in Latin letters.
_KEPT = """
api apk csv docx eur gif gps html http https iban id ios jpg json kgs kzt pdf pin png qr rub scorm sms swift tjs uid url usb usd uzs
uuid vip vpn wifi xls xlsx xml zip google gmail
"""
KEPT = frozenset(_KEPT.split())
