"""Very common words with two letters swapped or one lost."""

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Source, per_1000, signal
from qualityscore.signals.tables import scrambles

# Misspellings that follow the sound or a false rule: learners make them, a machine's noise does not.
_HUMAN = frozenset(
    "thier recieve recieved recieves recieving beleive beleived beleives freind freinds wierd acheive acheived "
    "peice peices feild feilds theif cheif releive percieve concieve goverment goverments enviroment intrest "
    "intresting intrested diffrent diffrence diffrently probaly proably libary febuary suprise suprised "
    "suprising surprize buisness busness becuase becase beacuse becouse definately seperate writting "
    "occured begining untill tommorow tomorow tommorrow finaly realy usualy actualy basicly generaly "
    "especialy completly imediately familar similiar adress accross agaisnt alot tounge langauge "
    "gaurd gaurantee guage dosent doesnt dont didnt wont cant isnt wasnt wouldnt couldnt shouldnt havent "
    "hasnt hadnt arent werent thats whats heres theres youre theyre weve youve theyve".split()
)
_REPEATED = 3
_GLUE = frozenset("/@_#-.\\=&'")


@signal(
    id="transposed_letters",
    family="automation",
    why="Noise added to dodge detectors, or a broken pipeline, swaps letters in the commonest words.",
    limits="Fast typists swap letters too; chat logs and forums are full of it.",
    sources=[
        Source("RAID: a shared benchmark for machine-text detectors", "https://arxiv.org/abs/2405.07940")
    ],
    features=[
        Feature("swapped_per_1k_words", "words / 1000 words"),
        Feature("dropped_per_1k_words", "words / 1000 words"),
    ],
    fires=[
        Example("What are yoru thoughts? The court wihtdrew the case.", ["yoru", "wihtdrew"]),
        Example("She looked trough a widow, and sevral poeple saw her.", ["sevral", "poeple"]),
    ],
    quiet=["The goverment did not recieve the letter from Isreal.", "He calm from the form of the trail."],
)
def transposed_letters(doc: Document) -> Measured:
    words = doc.words
    text = doc.folded
    swapped: list[Finding] = []
    dropped: list[Finding] = []
    for i, meant in scrambles().find(doc.hashes):
        word = words.raw[i]
        # Capitals are names; letters glued to marks are addresses and code.
        if not word.islower() or word in _HUMAN or words.lower.count(word) >= _REPEATED:
            continue
        start, end = words.starts[i], words.ends[i]
        if text[max(start - 1, 0) : start] in _GLUE or text[end : end + 1] in _GLUE - {"."}:
            continue
        if len(word) == len(meant) and sorted(word) == sorted(meant):
            swapped.append(Finding(start, end, meant))
        elif len(word) == len(meant) - 1 and any(
            meant[:k] + meant[k + 1 :] == word for k in range(len(meant))
        ):
            dropped.append(Finding(start, end, meant))
    return Measured(
        {
            "swapped_per_1k_words": per_1000(len(swapped), doc.n_words),
            "dropped_per_1k_words": per_1000(len(dropped), doc.n_words),
        },
        swapped + dropped,
    )
