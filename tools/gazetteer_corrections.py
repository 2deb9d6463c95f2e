"""What GeoNames has wrong about Sweden and we know better, each with its reason.

A key is a postort and the first digits of the postcodes it goes for ("" for all), since the same name
is used in several parts of the country.
"""

from __future__ import annotations

# Heby left Västmanland for Uppsala county in 2007 and its code changed with it (Statistics Sweden).
RETIRED_MUNICIPALITIES = {"1917": "0331"}

# Short names that cutting off "Kommun" and a genitive s does not give.
MUNICIPALITY_NAMES = {
    "2080": "Falun",  # officially "Falu kommun"
    "1427": "Sotenäs",  # the s is the name's own, and no town has the name
}

# Postorter that lie in two municipalities: the resident has to say which.
SPLIT = frozenset({"Billdal"})  # Göteborg and Kungsbacka

# What GeoNames has in English: what it is called here.
NAMES = {"Gothenburg": "Göteborg"}

_HEBY = "Heby went to Uppsala county in 2007; GeoNames has its postorter in Västmanland"
_STOCKHOLM = "a district of Stockholm that lies closer to Huddinge's centre than to Stockholm's"

# (postort, prefix): (municipality code, reason)
MUNICIPALITIES: dict[tuple[str, str], tuple[str, str]] = {
    ("Fjärås", "43"): ("1384", "GeoNames says Mark; Fjärås is in Kungsbacka"),
    ("Kvänum", "535"): ("1470", "GeoNames says Lidköping; Kvänum is in Vara"),
    ("Stora Levene", "534"): ("1470", "GeoNames says Lidköping; Levene is in Vara"),
    ("Larv", "534"): ("1470", "Larv is in Vara, whatever its neighbours are"),
    ("Tråvad", "534"): ("1470", "Tråvad is in Vara, whatever its neighbours are"),
    ("Trekanten", "38"): ("0880", "GeoNames says Nybro; Trekanten is in Kalmar"),
    ("Påryd", "38"): ("0880", "GeoNames says Nybro; Påryd is in Kalmar"),
    ("Läckeby", ""): ("0880", "Läckeby is in Kalmar"),
    ("Halltorp", "38"): ("0880", "Halltorp is in Kalmar"),
    ("Vikingstad", "5"): ("0580", "GeoNames says Mjölby; Vikingstad is in Linköping"),
    ("Borensberg", "59"): ("0583", "GeoNames says Mjölby; Borensberg is in Motala"),
    ("Väderstad", "59"): ("0586", "Väderstad is in Mjölby, as near to Vadstena and Ödeshög"),
    ("Askim", "43"): ("1480", "Askim is in Göteborg, closer to Mölndal's centre"),
    ("Hovås", "43"): ("1480", "Hovås is in Göteborg, closer to Mölndal's centre"),
    ("Stråvalla", "43"): ("1383", "closer to towns in Kungsbacka, but Stråvalla is in Varberg"),
    ("Farsta", "123"): ("0180", _STOCKHOLM),
    ("Fasta", "123"): ("0180", _STOCKHOLM),
    ("Skärholmen", "127"): ("0180", _STOCKHOLM),
    ("Sköndal", "128"): ("0180", _STOCKHOLM),
    ("Bagarmossen", "128"): ("0180", _STOCKHOLM),
    ("Tomteboda", "17"): ("0184", "the post terminal is in Solna"),
    ("Enebyberg", "182"): ("0162", "Enebyberg is in Danderyd"),
    ("Drottningholm", "178"): ("0125", "Drottningholm is in Ekerö"),
    ("Heby", "74"): ("0331", _HEBY),
    ("Morgongåva", "74"): ("0331", _HEBY),
    ("Huddungeby", "74"): ("0331", _HEBY),
    ("Runhällen", "74"): ("0331", _HEBY),
    ("Östervåla", "74"): ("0331", _HEBY),
    ("Harbo", "74"): ("0331", _HEBY),
    ("Tärnsjö", "74"): ("0331", _HEBY),
    ("Björklinge", "74"): ("0380", "Björklinge is in Uppsala"),
    ("Öregrund", "74"): ("0382", "Öregrund is in Östhammar"),
    ("Hällnäs", "819"): ("0360", "Hållnäs in Tierp, mixed up with Hällnäs in Västerbotten"),
    ("Marstrand", "442"): ("1482", "Marstrand is in Kungälv, across the water from Tjörn"),
    ("Torsö", "542"): ("1493", "an island in Vänern, in Mariestad"),
    ("Stavsjö", "618"): ("0480", "Stavsjö is in Nyköping"),
    ("Marstrand", "440"): ("1482", "Marstrand is in Kungälv, across the water from Tjörn"),
}

# Postorter that lie far from their own municipality's town, so that distance alone points to another or to none:
# municipality code: (first two digits of their postcodes, names).
FAR_FROM_THEIR_TOWN: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    "0513": (("59",), frozenset({"Rimforsa"})),
    "0840": (("38",), frozenset({"Degerhamn"})),
    "0885": (("38",), frozenset({"Löttorp", "Byxelkrok"})),
    "1265": (("27",), frozenset({"Lövestad"})),
    "1277": (("26",), frozenset({"Hyllinge"})),
    "1282": (("26",), frozenset({"Glumslöv"})),
    "1291": (("27",), frozenset({"Borrby", "Kivik", "Sankt Olof", "Vitaby"})),
    "1382": (("31",), frozenset({"Fegen", "Slöinge", "Ullared", "Vessigebro", "Älvsered", "Ätran"})),
    "1435": (
        ("45",),
        frozenset({"Bullaren", "Fjällbacka", "Hamburgsund", "Hällevadsholm", "Rabbalshede"}),
    ),
    "1737": (("68",), frozenset({"Ambjörby", "Bograngen", "Höljes", "Likenäs", "Stöllet", "Sysslebäck"})),
    "1782": (("68",), frozenset({"Lesjöfors", "Nykroppa"})),
    "1784": (("67",), frozenset({"Gunnarskog"})),
    "2023": (("78",), frozenset({"Lima", "Sälen", "Transtrand"})),
    "2031": (("79",), frozenset({"Furudal"})),
    "2039": (("79", "78"), frozenset({"Idre", "Särna", "Sörsjön", "Rörbäcksnäs"})),
    "2082": (("78",), frozenset({"Gustafs", "Stora Skedvi"})),
    "2161": (("82",), frozenset({"Hamra", "Kårböle", "Los", "Ramsjö"})),
    "2181": (("81",), frozenset({"Gysinge", "Österfärnebo"})),
    "2281": (("85", "86"), frozenset({"Indal", "Kovland", "Liden", "Stöde"})),
    "2282": (("87",), frozenset({"Docksta", "Nordingrå"})),
    "2283": (("88",), frozenset({"Junsele", "Ramsele"})),
    "2303": (("83", "84"), frozenset({"Stugun"})),
    "2305": (("84",), frozenset({"Kälarne", "Sörbygden"})),
    "2309": (("83",), frozenset({"Föllinge", "Valsjöbyn"})),
    "2313": (("83", "88"), frozenset({"Backe", "Gäddede", "Hoting", "Lidsjöberg", "Rossön", "Stora Blåsjön"})),
    "2321": (("83",), frozenset({"Mattmar", "Storlien"})),
    "2361": (
        ("84",),
        frozenset(
            {
                "Bruksvallarna",
                "Funäsdalen",
                "Hede",
                "Ljusnedal",
                "Lofsdalen",
                "Tännäs",
                "Tänndalen",
                "Vemdalen",
                "Vemhån",
                "Ytterhogdal",
            }
        ),
    ),
    "2421": (("92",), frozenset({"Gunnarn", "Hemavan", "Slussfors", "Tärnaby"})),
    "2480": (("90", "91", "92"), frozenset({"Botsmark", "Hörnefors", "Tavelsjö"})),
    "2482": (("93",), frozenset({"Bureå", "Lövånger"})),
    "2510": (("96", "98"), frozenset({"Kåbdalis", "Murjek", "Porjus", "Vuollerim"})),
    "2521": (
        ("98",),
        frozenset({"Junosuando", "Kainulasjärvi", "Kangos", "Korpilombolo", "Lovikka", "Tärendö"}),
    ),
    "2582": (("96",), frozenset({"Harads"})),
    "2584": (
        ("98",),
        frozenset({"Björkliden", "Karesuando", "Lannavaara", "Riksgränsen", "Svappavaara", "Vittangi", "Övre Soppero"}),
    ),
}

# (postort, prefix): (latitude, longitude, reason); points to about 2 km
POINTS: dict[tuple[str, str], tuple[float, float, str]] = {
    ("Läckeby", "39"): (56.78, 16.28, "GeoNames puts it in central Kalmar, 15 km off"),
    ("Torsö", "542"): (58.80, 13.82, "the island in Vänern, not the village in Blekinge"),
    ("Stavsjö", "618"): (58.72, 16.42, "the village in Nyköping, not one in Kronoberg"),
    ("Hällnäs", "819"): (60.53, 17.89, "Hållnäs in Tierp, not Hällnäs in Västerbotten"),
    ("Hässelby", "165"): (59.37, 17.83, "the district of Stockholm, not a village in Södermanland"),
}


def municipality_of(place: str, postcode: str) -> str | None:
    """The corrected municipality code, "" where the postort is split, None where nothing is corrected."""
    if place in SPLIT:
        return ""
    for (name, prefix), (code, _) in MUNICIPALITIES.items():
        if name == place and postcode.startswith(prefix):
            return code
    for code, (prefixes, names) in FAR_FROM_THEIR_TOWN.items():
        if place in names and postcode.startswith(prefixes):
            return code
    return None


def point_of(place: str, postcode: str) -> tuple[float, float] | None:
    """The corrected (latitude, longitude), or None where nothing is corrected."""
    for (name, prefix), (lat, lon, _) in POINTS.items():
        if name == place and postcode.startswith(prefix):
            return lat, lon
    return None
