"""Common words with two letters swapped."""

from collections import Counter

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Source, per_1000, signal
from qualityscore.signals.tables import scrambles

# Swaps that sound and habit explain: learners and fast typists make them, a machine's noise is random.
_HUMAN = frozenset(
    "thier recieve recieved recieves recieving beleive beleived beleives beleiving freind freinds freindly wierd "
    "acheive acheived acheives peice peices feild feilds theif cheif releive percieve percieved concieve decieve "
    "becuase becasue beacuse adn teh taht waht htis tihs thsi hte liek jsut wnat knwo ahve hvae woudl coudl shoudl "
    "agian agianst agaisnt poeple alot alwyas tounge langauge gaurd gaurantee guage migth rigth figth nigth "
    "ligth thougth brougth bougth taugth heigth weigth lenght strenght healht doign goign thign somethign nothign "
    "vaule vaules eaiser calender simliar enviornment enviorment yaer yaers firend firends whcih wich thta".split()
)
# Terms and names that no dictionary has.
_TERMS = frozenset("cron iter bene feld perp preformed elns".split())
_REPEATED = 3
_GLUE = frozenset("/@_#-.\\=&'")


@signal(
    id="transposed_letters",
    family="automation",
    why="Noise added to dodge detectors, or a broken pipeline, swaps letters inside common words.",
    limits="Fast typists swap letters too; chat logs and forums are full of it.",
    sources=[
        Source("RAID: a shared benchmark for machine-text detectors", "https://arxiv.org/abs/2405.07940")
    ],
    features=[
        Feature("per_1k_words", "words / 1000 words"),
    ],
    fires=[
        Example("What are yoru thoughts? They went home wihtout it.", ["yoru", "wihtout"]),
        Example("The storm had wrtiten off her car, and the sytsem failed.", ["wrtiten", "sytsem"]),
    ],
    quiet=["The goverment did not recieve the letter from Isreal.", "He calm from the form of the trail."],
)
def transposed_letters(doc: Document) -> Measured:
    words = doc.words
    text = doc.folded
    found: list[Finding] = []
    swapped = words.where(_is_swapped)
    times = Counter([words.lower[i] for i in swapped])
    for i in swapped:
        word = words.raw[i]
        # Capitals are names, and what comes back is a term.
        if not word.islower() or times[word] >= _REPEATED:
            continue
        start, end = words.starts[i], words.ends[i]
        # Letters glued to marks are addresses and code.
        if text[max(start - 1, 0) : start] not in _GLUE and text[end : end + 1] not in _GLUE - {"."}:
            found.append(Finding(start, end, scrambles().meant(word)))
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)


def _is_swapped(form: str) -> int:
    """Whether a form, in whatever case, has the letters of a common word in another order."""
    word = form.lower()
    meant = scrambles().meant(word)
    return meant != "" and word not in _HUMAN and word not in _TERMS and sorted(word) == sorted(meant)
