"""Letters that look like basic Latin ones (Unicode Technical Standard 39, the part that matters here)."""

from __future__ import annotations

import re
import unicodedata

# Blocks in which letters that look Latin are found: IPA and small capitals, Greek, Cyrillic, Armenian,
# Cherokee, Canadian syllabics, letter-like symbols, enclosed letters, Coptic, Lisu, ligatures, full-width,
# mathematical letters.
FOREIGN = (
    "\u0251\u0261\u0262\u026a\u0274\u0280\u028f\u0299\u029c\u029f\u1d00-\u1d22\ua730\ua731"
    "\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-\u03ff\u0400-\u0481\u048a-\u052f\u0531-\u0556\u0561-\u0587"
    "\u13a0-\u13ff\uab70-\uabbf\u1400-\u167f\u1f00-\u1fbc\u1fc2-\u1fcc\u1fd0-\u1fdb\u1fe0-\u1fec\u1ff2-\u1ffc"
    "\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212a-\u212d\u212f-\u2131\u2133\u2134\u2139\u2145-\u2149"
    "\u2160-\u217f\u24b6-\u24e9\u2c80-\u2ce4\ua4d0-\ua4f7\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a"
    "\U0001d400-\U0001d7cb\U0001f130-\U0001f149"
)
_PAIRS = (
    # Cyrillic
    "АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX аa еe оo рp сc уy хx ѕs іi јj һh ԁd ԛq ԝw ѵv ЅS ІI ЈJ "
    "ԌG ԚQ ԜW ҮY үy Ѵv ѡw ӏl Ӏl ьb ЬB гr кk мm тt нh вb пn ԍg ҽe "
    # Greek
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw σo ϲc ϳj ϹC ͿJ ϱp ϐb ϵe ϰk "
    # Armenian, Cherokee, Canadian syllabics, Coptic, Lisu
    "օo սu հh ոn ցg գq զq ք\u0066 յj ռn ւi ՕO ՍU ՏS ԼL "
    "ᎪA ᏴB ᏟC ᎠD ᎬE ᎻH ᎫJ ᏦK ᏞL ᎷM ᏢP ᏚS ᎢT ᏙV ᎳW ᏃZ ᏀG ᏒR ꮯc ꭰd ꭼe ꮋh ꭻj ꮶk ꮮl ꮇm ꮲp ꮪs ꭲt ꮩv ꮃw ꮓz ꮁr "
    "ᗅA ᗩA ᗷB ᑕC ᗞD ᗪD ᗴE ᖴF ᕼH ᒍJ ᒪL ᗰM ᑎN ᑭP ᖇR ᔕS ᑌU ᐯV ᗯW "
    "ⲟo ⲣp ⲥc ⲁa ⲉe ⲓi ⲕk ⲛn ⲧt ⲩy ⲭx ⲎH ⲘM ⲚN ⲞO ⲢP ⲤC ⲦT ⲨY ⲬX ⲔK ⲒI "
    "ꓐB ꓑP ꓓD ꓔT ꓖG ꓗK ꓙJ ꓚC ꓜZ ꓝF ꓟM ꓠN ꓡL ꓢS ꓣR ꓦV ꓧH ꓪW ꓫX ꓬY ꓮA ꓰE ꓲI ꓳO ꓴU "
    # Phonetic letters and small capitals
    "ɑa ɡg ɢg ɪi ɴn ʀr ʏy ʙb ʜh ʟl ᴀa ᴄc ᴅd ᴇe ᴊj ᴋk ᴍm ᴏo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz ꜰf ꜱs"
)
# Further away: read as Latin letters only inside a word that has Latin letters.
_LOOSE_PAIRS = (
    "ѐe ёe ЁE ЀE їi ЇI иn йn яr ЯR ИN чy ӑa ӓa ӧo ґr ћh ђh ѓr ќk ўy шw щw лn дa зz эe юo бb цu фf гr ЗE "
    "μu θo δd πn ζz λl ςs ξe ϑo άa έe ήn ίi όo ύu ώw ΆA ΈE ΉH ΊI ΌO ΎY ϊi ϋu ΛA ΣE ΘO"
)
CONFUSABLES: dict[str, str] = {pair[0]: pair[1] for pair in _PAIRS.split()}
LOOSE: dict[str, str] = {pair[0]: pair[1] for pair in _LOOSE_PAIRS.split()}
PHONETIC = re.compile("[\u0250-\u02af\u02c8\u02cc\u02d0/\\[\\]]")
# Those that no reader can tell from the Latin letter; a whole word of others may be a word of its own.
IDENTICAL = frozenset("АВЕКМНОРСТУХаеорсухѕіјһԁԛԝѵЅІЈԌԚԜҮӏӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲϳϹͿօսհՕՍᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢɢɪɴʀʏʙʜʟꜰꜱ")


def styled(char: str) -> str:
    """Plain Latin letters of a full-width, mathematical, enclosed or ligature letter; ``""`` for others."""
    if char < "\u2100":
        return ""
    plain = unicodedata.normalize("NFKC", char)
    return plain if plain.isascii() and plain.isalpha() else ""
