"""Pictures borrowed from image search and pin boards."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    per_1000,
    signal,
)
from qualityscore.signals.page._hosts import host

# Hosts that serve copies of other people's pictures and are no one's own image store.
_BORROWED = ("mm.bing.net", "pinimg.com", "encrypted-tbn0.gstatic.com", "encrypted-tbn1.gstatic.com",
             "encrypted-tbn2.gstatic.com", "encrypted-tbn3.gstatic.com")  # fmt: skip


@signal(
    id="hot_linked_images",
    family="page",
    scope="page",
    why="Scraper sites illustrate their pages with the thumbnails of an image search, served by the search engine.",
    limits="Personal blogs show their own or their friends' pins the same way.",
    sources=[
        Source(
            "Google spam policies: scraping",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        )
    ],
    features=[Feature("images_per_1k_words", "images / 1000 words")],
    needs=Needs(html=True),
    fires=[
        Example(
            '<body><main>{neutral}<img src="https://tse1.mm.bing.net/th?q=oak+table"></main></body>',
            ["https://tse1.mm.bing.net/th?q=oak+table"],
            "html",
        ),
        Example(
            '<body><main><img src="https://i.pinimg.com/a/b.jpg">{neutral}<img src="//i.pinimg.com/c.jpg"></main></body>',
            ["https://i.pinimg.com/a/b.jpg", "//i.pinimg.com/c.jpg"],
            "html",
        ),
    ],
    quiet=[
        Example('<body><main>{neutral}<img src="/images/mill.jpg"></main></body>', kind="html"),
        Example(
            '<body><main>{neutral}<img src="https://upload.wikimedia.org/a.jpg"></main></body>', kind="html"
        ),
    ],
)
def hot_linked_images(doc: Document) -> Measured:
    assert doc.markup is not None
    images = doc.markup.images
    addresses = "\n".join([image.src for image in images]).lower()
    if not any(map(addresses.__contains__, _BORROWED)):
        return Measured({"images_per_1k_words": 0.0})
    found = [
        Finding(0, 0, "image", "markup", image.src) for image in images if host(image.src).endswith(_BORROWED)
    ]
    return Measured({"images_per_1k_words": per_1000(len(found), doc.n_words)}, found)
