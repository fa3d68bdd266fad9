"""Pictures from free stock libraries and image generators."""

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

_HOSTS = (
    "unsplash.com", "picsum.photos", "pexels.com", "pixabay.com", "pollinations.ai", "oaidalle", "replicate.delivery",
    "fal.media", "ideogram.ai", "leonardo.ai", "midjourney", "loremflickr", "placehold.co", "via.placeholder",
    "dummyimage.com",
)  # fmt: skip


@signal(
    id="stock_images",
    family="page",
    scope="page",
    why="A generator has no pictures of its own: it links to a stock library, an image model or a placeholder.",
    limits="Careful writers also use free stock pictures, mostly one at the top and stored on their own site.",
    sources=[
        Source(
            "NewsGuard: tracking AI-generated news sites",
            "https://www.newsguardtech.com/special-reports/ai-tracking-center/",
        )
    ],
    features=[Feature("images_per_1k_words", "images / 1000 words")],
    needs=Needs(html=True),
    fires=[
        Example(
            '<body><main><img src="https://images.unsplash.com/photo-1?w=800" alt="Desk">{neutral}</main></body>',
            ["https://images.unsplash.com/photo-1?w=800"],
            "html",
        ),
        Example(
            '<body><main>{neutral}<img src="https://image.pollinations.ai/prompt/a%20calm%20office"></main></body>',
            ["https://image.pollinations.ai/prompt/a%20calm%20office"],
            "html",
        ),
    ],
    quiet=[
        Example('<body><main>{neutral}<img src="/photos/unsplash-like.jpg"></main></body>', kind="html"),
        Example(
            '<body><main>{neutral}<img src="https://example.org/mill.jpg" alt="pexels"></main></body>',
            kind="html",
        ),
    ],
)
def stock_images(doc: Document) -> Measured:
    assert doc.markup is not None
    sources = [image.src for image in doc.markup.images if image.main]
    addresses = [source[:300].lower() for source in sources]
    all_of_them = "\n".join(addresses)
    used = [name for name in _HOSTS if name in all_of_them]
    found = [
        Finding(0, 0, "image", "markup", source)
        for source, address in zip(sources, addresses, strict=True)
        if any(map(address.__contains__, used))
    ]
    return Measured({"images_per_1k_words": per_1000(len(found), doc.n_words)}, found)
