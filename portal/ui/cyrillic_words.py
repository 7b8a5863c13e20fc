"""Uzbek words that the rules of portal/ui/cyrillic.py would spell otherwise: Latin, then Cyrillic. Endings follow by themselves."""

# Loan words: ц where Latin writes s or ts, ь and ъ that Latin leaves out, э after a consonant.
_LOANS = """
abzas абзац adyutant адъютант aksent акцент aksiz акциз albom альбом alpinist альпинист aprel апрель asfalt асфальт astraxan астрахань
avtomobil автомобиль avtotsisterna автоцистерна batalyon батальон bilyard бильярд bulldozer бульдозер bulvar бульвар bulyon бульон
cherepitsa черепица dekabr декабрь detal деталь dizel дизель dotsent доцент emal эмаль fakultet факультет
feldmarshal фельдмаршал feldsher фельдшер fevral февраль film фильм filtr фильтр fonar фонарь fransuz француз gantel гантель
gastrol гастроль gelmint гельминт gorizontal горизонталь gospital госпиталь inyeksiya инъекция iyul июль iyun июнь kabel кабель
kafel кафель kalendar календарь kalkulyator калькулятор kalsiy кальций kanselyariya канцелярия kazan казань kompyuter компьютер
konki коньки konsentrat концентрат konsern концерн konsert концерт konsultant консультант konsultatsiya консультация kontrol контроль
konyak коньяк konyunktura конъюнктура kultivator культиватор kultura культура kvars кварц litsenziya лицензия magistral магистраль
mebel мебель medal медаль mer мэр mobil мобиль model модель motel мотель mulcha мульча multfilm мультфильм multimetr мультиметр
munitsipal муниципал nalchik нальчик nikel никель nippel ниппель nol ноль noyabr ноябрь obyekt объект obyektiv объектив ofitser офицер
oktabr октябрь okved оквэд palto пальто panel панель parol пароль pavilon павильон pedal педаль pensiya пенсия perm пермь pitsa пицца
plastir пластырь plitsa плица portfel портфель prinsip принцип printsip принцип profil профиль protsent процент protsess процесс
protsessor процессор pulsar пульсар pult пульт rels рельс retsept рецепт rezultat результат rol роль rubl рубль rul руль ryazan рязань
sekretar секретарь seld сельдь sellofan целлофан sellyuloza целлюлоза selsiy цельсий sement цемент sent цент sentabr сентябрь
sentner центнер sentr центр senzura цензура ser сэр sevastopol севастополь sex цех seytnot цейтнот shampun шампунь shpris шприц
shtabel штабель shtangensirkul штангенциркуль shtapel штапель shtepsel штепсель shveysariya швейцария sibir сибирь sikl цикл
siklon циклон silindr цилиндр sinkografiya цинкография sirk цирк sirkul циркуль sirroz цирроз sisterna цистерна sitrus цитрус
slesar слесарь spetskiyim спецкийим spetsovka спецовка stavropol ставрополь stil стиль subyekt субъект syezd съезд syomka съёмка
tabel табель talk тальк tokar токарь tonnel тоннель tver тверь tyumen тюмень ultrabinafsha ультрабинафша ultratovush ультратовуш
vakansiya вакансия vaksina вакцина vals вальс valsovka вальцовка ventil вентиль vermishel вермишель volt вольт xolodilnik холодильник yanvar январь
yaroslavl ярославль zapchast запчасть
"""
_PAIRS = _LOANS.split()
STEMS = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))

# Written as they are in both alphabets: what machines, banks and offices write in Latin letters.
_KEPT = """
api apk csv docx eur gif gps html http https iban id ios jpg json kgs kzt pdf pin png qr rub scorm sim sms swift tjs uid url usb usd uzs
uuid vip vpn wifi xls xlsx xml zip google gmail
"""
KEPT = frozenset(_KEPT.split())
