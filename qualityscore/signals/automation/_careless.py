"""Telling hurried typing from a machine's slips: chat and comments drop capitals and spaces everywhere."""

from qualityscore.document import Document

# Spellings that only a hand in a hurry produces; one of them is enough.
_HURRIED = frozenset(
    "im ive ur thats dont didnt doesnt isnt wasnt cant wont couldnt wouldnt shouldnt havent hasnt youre "
    "theyre hes shes whats theres cuz cos coz pls plz thx lol lmao omg wtf idk imo imho btw gonna wanna gotta "
    "kinda sorta yeah yep nope hahaha haha hehe ugh hmm thnx tho bc ppl alot".split()
)


def hurried(doc: Document) -> bool:
    """Whether a page holds chat, comments or other writing that nobody would edit."""
    hasty = doc.words.where(_is_hasty)
    # A small "i" proves it only twice.
    return len(hasty) > 1 or any(doc.words.raw[i] != "i" for i in hasty)


def _is_hasty(form: str) -> int:
    return form == "i" or form in _HURRIED


# Words that open English sentences; a lost capital or space is told by them from code and names.
OPENERS = frozenset(
    "the this that these those it its he she they we you his her their our your my a an in on at for with by "
    "from to of as and but or so yet however moreover meanwhile furthermore additionally although though despite "
    "while when whenever where if unless until since because after before during through throughout under over "
    "between among within without against about according there here what how why who which some many most "
    "all both each every several few one two three another other such no not only even just then now today "
    "yesterday later recently currently instead also still again once perhaps maybe is are was were do does did "
    "can could will would should may might must have has had let please see use make take get keep first second "
    "next finally overall ultimately given based along like unlike more less following including plus experts "
    "people critics officials research studies analysts understanding whether nevertheless nonetheless "
    "consequently therefore thus hence indeed similarly likewise subsequently".split()
)
