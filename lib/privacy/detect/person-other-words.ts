import { foldedWords } from "./folded-words";

/** Words that are written with a capital and yet are no name: where sentences, letters and shops begin. */
export const ordinaryWords = foldedWords(`
a about above absolutely accept access according account accounts actually add additionally address after afternoon again
ago agree all almost alright also although always am amazing among amount an and another answer any anybody anyone anything
anyway apologies apparently apparel app apply appreciate april are aren't arrived as ask asked at august autumn available
aww away awesome back bad bag balance bank be because been before behind being believe below beside best better between beyond
big bill billing birthday black blue board boots both bot bottom bought brand brown bring business but buy by bye call called
can can't cancel cancelled cannot card care cart case category cash certainly change charge check checkout children christmas
city class clean clear click close clothing club coat code cold collection color colour come coming company complete
confirm congrats congratulations contact continue cool copy correct cost could couldn't country coupon course covid cream
create credit currently customer customers daily damage damaged dark data date day days dear debit december deep definitely
delete deliver delivered delivery department description details did didn't different direct discount do does doesn't dollars
don't done door double down dr dress due during duty each early easter easy eight either eleven else email end enjoy enough
enter error especially euro even evening ever every everybody everyone everything exactly excellent exchange excuse expected
express extra fabulous family fantastic faq fast february federal feel few fifteen fifty final finally find fine first fit
five fix flight follow following food for forget forty found four free friday friend friends from front full further game
general gentlemen get getting gift girl give given glad glass go god going gold gonna good goodbye got grand gray great green
greetings grey group guess guest guide ha had haha half halloween happy hard has hat have haven't having he head health hello
help her here here's hers hey hi high him his hmm hold holiday home honestly hope hopefully hotel hour hours house how how's
however hundred hurry i i'd i'll i'm i've id if image important in include incorrect indeed information instead
insurance international internet into invoice is isn't issue it it's item items its january jacket jeans july june just keep
key kids kind kindly know label ladies lady land large last late later laundry lead leather left less let let's letter light
like limited line link list little live local location log login long look looking looks loss lost lot love loyalty luck
madam main make mall man manager many march may maybe me mean medium member membership men menu merry message might million
mind mine miss missing mission mobile mode model modern moment monday money month monthly months more moreover morning most
mother mouse movie mr mrs ms much mum music must my myself name national near need nevertheless never new news next nice
night nine no nobody none nope north not note nothing notice november now number october of off offer office official often
oh ok okay old omg on once one online only open option or orange order ordered orders original other otherwise ouch our out
outfit outside over overall own pack package page paid pair pants paper parcel part partner party pass password past pay
payment pending people per perfect perhaps permanent person phone photo pick picture pink place plan platform player please
plus point policy portal possible post pounds prefer premium price prime print privacy private pro probably problem proceed
product products profile promo public purchase purple put quality question questions quick quite rather read ready real
really reason receipt receive received recently red refund regarding regards regular remember remove replace reply report
request reset resort restaurant return returned returns review right river road room royal sad sale same sandals saturday save
saw say says schedule school season seat second security see seems self send sender sent september serial seriously service set
seven several shall she shipping ship shipment shirt shoe shoes shop short should show shut side sign silver simple since sir
sirs six size skin sleep slim slow small smart snow so some somebody someone something sometimes somewhere sorry south special
spring standard star start state statement status stay still stop store story street student stuff style subject subscription
such summer sun sunday super support suppose sure surely sweater system t-shirt take talk team tech tell ten text than thank
thanks that that's the their them then there there's therefore these they they're thing things think thirty this those though
thousand three through thursday ticket time times tired title to today together tomorrow tonight too top total totally touch
tour toward track tracking train transfer travel trip true try tuesday twelve twenty two type uh um under understand understood
unfortunately unit united university unless until up update upgrade upon urgent us use used user username usually valid valued
version very via video view visa visit wait waiting want was wasn't watch water way we we'd we'll we're we've web website
wednesday week weekend weekly weeks welcome well were what what's whatever when where where's whether which while white who
who's whole whom whose why will window winter wireless wish with within without woman women won't wonderful work working
world worry would wouldn't wow wrong ya yay yeah year years yellow yep yes yesterday yet yo you you're you've young your yours
yourself yup zip zone
customer support agent assistant advisor representative rep sales colleague everybody folks guys
sehr geehrte geehrter liebe lieber hallo guten tag morgen abend danke bitte gruss grusse grusze freundlichen mit viele herzliche ich sie
wir ihr du er es der die das den dem ein eine einen mein meine meinen ist sind war hat habe haben wie was wann wo warum wer
und oder aber nicht kein keine auch noch schon nur vielen kunde kundin kunden bestellung bestellnummer lieferung paket rechnung
rucksendung konto frage problem artikel grosse team damen herren januar februar marz april mai juni juli august september
oktober november dezember montag dienstag mittwoch donnerstag freitag samstag sonntag strasse hausnummer postleitzahl ort
adresse telefon telefonnummer name vorname nachname herr frau student studentin vegetarier deutscher deutsche krank neu
bonjour bonsoir salut merci monsieur madame cordialement je tu il elle nous vous ils elles le la les un une des mon ma mes est
commande livraison colis adresse nom prenom lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai
juin juillet aout septembre octobre novembre decembre client cliente
hola buenos buenas dias tardes noches gracias senor senora el los las una mi es soy pedido envio direccion nombre lunes martes
miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
diciembre cliente saludos estimado estimada
ciao buongiorno buonasera salve grazie signor signora il lo gli uno ordine spedizione indirizzo nome lunedi martedi mercoledi
giovedi venerdi sabato domenica gennaio febbraio maggio giugno luglio settembre ottobre dicembre cordiali saluti
dag beste geachte dank bedankt groeten bestelling ola obrigado obrigada bom boa dia tarde noite pedido
feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat attached according acting album albums
due here's sincerely thanking merino
inc llc ltd gmbh corp corporation company co plc holdings technologies technology systems solutions services bank university
college school institute hospital clinic hotel inn restaurant cafe church airport station museum theatre theater stadium
association foundation council ministry department agency committee party orchestra band records studios pictures news
press times street avenue road lane drive court boulevard square terrace highway parkway plaza suite apt apartment unit floor
building block flat box mount lake island islands bay beach valley hills mountain mountains park garden gardens forest bridge
tower castle palace center centre county district province republic kingdom states federation union world cup league
album song film movie novel book series season episode chapter volume edition award prize
`);

/** Places and peoples that are taken for names most easily. */
export const placeWords = foldedWords(`
africa america american americans asia asian australia australian austria austrian belgium belgian brazil brazilian britain
british canada canadian china chinese croatia croatian cyprus czech denmark danish dutch england english estonia europe
european finland finnish france french german germany greece greek greenland hungary hungarian iceland india indian indonesia
iran iraq ireland irish israel italian italy jamaica japan japanese jewish korea korean latvia lithuania luxembourg malta
mexico mexican moroccan morocco muslim netherlands nigeria nigerian norway norwegian pakistan philippines poland polish
portugal portuguese romania romanian russia russian saudi scandinavia scotland scottish serbia singapore slovakia slovenia
spain spanish sweden swedish swiss switzerland syria taiwan thai thailand turkey turkish uae uk ukraine uruguay usa vietnam
vietnamese wales welsh alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois
indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
nevada hampshire jersey ohio oklahoma oregon pennsylvania dakota tennessee texas utah vermont wisconsin wyoming ontario quebec
bavaria bayern sachsen hessen tirol amsterdam antwerp athens atlanta auckland baltimore bangkok barcelona beijing berlin bern
bogota bologna bonn boston bremen bristol brisbane brussels bucharest budapest cairo chicago cologne copenhagen dallas delhi
denver detroit dortmund dresden dubai dublin edinburgh frankfurt geneva glasgow graz hamburg hannover helsinki houston istanbul
jakarta kyiv leeds leipzig lisbon liverpool london lyon madrid manchester manila marseille melbourne miami milan montreal
moscow mumbai munich nairobi naples newcastle nuremberg osaka oslo ottawa paris perth philadelphia phoenix pittsburgh porto
portland prague rotterdam salzburg seattle seoul seville shanghai sheffield stockholm stuttgart sydney tokyo toronto tucson
turin utrecht vancouver venice vienna vilnius warsaw washington winnipeg yokohama york zagreb zurich san los las santa el new
north south east west saint fort upper lower greater
`);

/** Makers, shops and programs, alone or with the name of a person in them. */
export const brandWords = foldedWords(`
adidas airbnb alexa alipay amazon amex android apple asus audi aldi bmw bose canon chanel chevrolet chrome cisco citibank
costco dell dhl diners discord disney ebay etsy facebook fedex fitbit ford gap garmin gmail google gucci guess hilfiger hilton
honda hotmail huawei ikea instagram intel iphone ipad jeep klarna kors lego lenovo levi levis lexus lg linkedin linux lidl lyft
macbook macys maestro marriott mastercard mazda mcdonalds mercedes microsoft mozilla netflix nike nintendo nissan nokia nvidia
oracle outlook patagonia paypal pinterest pixel playstation porsche prada puma reddit revolut samsung shopify siemens skype
slack snapchat sony spotify starbucks stripe subaru target tesla tiktok toyota tripadvisor tumblr twitter uber ups usps venmo
verizon visa vodafone volkswagen volvo walmart whatsapp windows xbox xerox yahoo yelp youtube zelle zoom zara
`);

/** Makers whose name is a person's. */
export const brandNames: ReadonlySet<string> = new Set(
  `calvin klein,michael kors,ralph lauren,tommy hilfiger,hugo boss,louis vuitton,giorgio armani,jack wolfskin,helly hansen,
ben sherman,ted baker,paul smith,marc jacobs,kate spade,karl lagerfeld,tommy bahama,johnnie walker,jack daniels,levi strauss,
morgan stanley,charles schwab,harry potter,mary kay,charlotte tilbury,elizabeth arden,estee lauder,yves rocher,tom tailor,
christian dior,jean paul,calvin kleins,oscar mayer,victoria secret,marie curie,ben jerry,papa johns,trader joe,thomas cook,
eddie bauer,laura ashley,abercrombie fitch,john deere,harley davidson,wells fargo,black friday,cyber monday,santa claus,
good friday,san francisco,san diego,san jose,santa barbara,santa maria,santa clara,santa monica,saint martin,los angeles,
st louis,san antonio,san juan,costa rica,puerto rico,american express,union jack,mother teresa,alexander technique,
philip morris,philips norelco,aston martin,rolls royce,jack russell,st patrick,st john,st peter,mont blanc,lloyds bank,
kit kat,mont clare,wilson sporting,van gogh`
    .split(",")
    .map((pair) => pair.trim()),
);
