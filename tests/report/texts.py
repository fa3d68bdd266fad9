"""Invented articles: what a farm assembles, and notes of somebody who was there."""

from __future__ import annotations

import random

_THINGS = (
    "Mulch,Watering Cans,Soil Tests,Raised Beds,Garden Hoses,Compost Bins,Hedge Trimmers,Seed Trays,Cold Frames,"
    "Bird Feeders,Rain Barrels,Garden Gloves,Pruning Saws,Plant Labels,Lawn Edging,Greenhouse Heaters"
).split(",")
_TOWNS = (
    "Fordham,Wexley,Marling,Upper Tarn,Hollin Bridge,Castlemoor,Eastry,Dunsop,Kelling,Norbury Vale".split(",")
)
_OPENERS = (
    "When it comes to {x}, there are many things that you need to know before you make a choice.",
    "In today's fast-paced world, {x} have become more important than ever before.",
    "Are you looking for the best {x}? Look no further, because you have come to the right place.",
    "{X} play a crucial role in every garden, whether you are a beginner or an expert.",
)
_FILLERS = (
    "There are many different types of {x} available, and each of them offers a wide range of benefits.",
    "It is important to note that {x} can make a big difference for you and for your family.",
    "By choosing the right {x}, you can save time, save money and enjoy your garden to the fullest.",
    "Not only are {x} easy to use, but they are also a great way to elevate your outdoor space.",
    "Let us take a closer look at everything that you need to know about {x}.",
    "Experts agree that {x} are an essential part of any successful garden.",
    "Furthermore, {x} are a testament to the beauty of nature and the joy of gardening.",
    "Additionally, the importance of {x} cannot be overstated in the ever-evolving landscape of gardening.",
    "With the right approach, {x} can unlock the full potential of your garden and take it to the next level.",
    "Moreover, quality {x} are designed to last, which makes them a smart investment for the future.",
)
_BOXES = (
    "Did You Know? {X} have been used by people in gardens for many years.",
    "Fun Fact: Many gardeners enjoy {x} every single day.",
    "Key Takeaways\n\n- {X} are important.\n- {X} can help you.\n- Choose {x} that suit your needs.",
)
_ENDS = (
    "In conclusion, {x} play an important role in every garden. By following these simple tips, you can find the "
    "perfect {x} for your needs.",
    "In summary, {x} are a great choice for anyone. So what are you waiting for? Start your journey with {x} today!",
)
_SERVICE = (
    "Looking for garden services in {t}? Our team of experts in {t} offers a wide range of affordable garden services.",
    "When it comes to garden services in {t}, quality matters. We are proud to serve the people of {t}.",
    "Our services in {t} include lawn care, hedge trimming, planting and much more, at prices that suit your budget.",
    "Whether you need help once or every week, our friendly team in {t} is here for you. No job is too big or small.",
    "Customers in {t} love our work, because we always go the extra mile to make your garden in {t} look its best.",
    "Contact us today for a free quote and discover why we are the number one choice for garden services in {t}.",
)
_SEEN = (
    "The gauge under the footbridge read {a} cm at {h} this morning, {b} more than on Tuesday.",
    "Joan at the lock says the {y} flood came up to the third step; I measured {a} cm from the sill to her pencil mark.",
    "I had left the boat tied to the willow, which was a mistake, because the rope froze and I cut it with a bread knife.",
    "Of the {b} cuttings I took from the quince in {m}, four rooted, two rotted and the rest I simply forgot on the sill.",
    "We counted {b} sand martins in the bank below Pell's yard, though Ted swears he saw more after I had gone.",
    "The new clay pipe cost £{a} and took us two Saturdays, mostly because the old one ran nowhere near the plan.",
    "My neighbour's bees swarmed into the church porch on the {d}th; the vicar held the wedding in the hall instead.",
    "“You cannot prune a pear in the rain,” my aunt used to say, and after {y} I have stopped arguing.",
    "At {h} the ferry had {b} people aboard and one goat, which paid nothing.",
    "The parish book for {y} lists {a} loads of gravel for the slip, and nobody I asked knows where it went.",
    "I was wrong about the blight last week: Dr Hale looked at the leaves and found nothing but spray from the road.",
    "It smelled of tar all afternoon, since Owen was caulking the punt in the lane with his radio on.",
    "The frost of the {d}th took the runner beans, all {b} rows, but left the chard standing.",
    "Somebody has painted the milestone again; under the white you can still feel the 7 with a finger.",
    "I sowed the parsnips late, on {m} {d}, and covered them with the old curtains from the back room.",
    "If you walk to the weir before eight, stay on the east bank, because the gate at Coll's is chained now.",
)
_SUBJECTS = (
    "River level, {m} {d}", "What the frost left", "A week without the ferry", "Counting martins at Pell's yard",
    "The slip, again", "Notes from the allotment in {m}", "Joan's pencil marks", "The quince cuttings",
    "Rain gauge, {m} {y}", "A pipe that ran nowhere", "Bees in the porch", "Letters about the gate",
)  # fmt: skip
_MONTHS = "January February March April May June July August September October November December".split()


def farm(rng: random.Random) -> tuple[str, str, str]:
    """Title, text and kind (``importance``, ``guide``, ``town`` or ``plain``) of a made page."""
    thing = rng.choice(_THINGS)
    kind = rng.choice(["importance", "guide", "town", "plain", "plain"])
    if kind == "town":
        town = rng.choice(_TOWNS)
        lines = [line.format(t=town) for line in _SERVICE]
        middle = lines[1:5]
        rng.shuffle(middle)
        text = "\n\n".join([lines[0], " ".join(middle[:2]), " ".join(middle[2:]), lines[5]])
        return f"Garden Services in {town}", text, kind
    title = {
        "importance": f"The Importance of {thing}",
        "guide": f"The Ultimate Guide to {thing}",
        "plain": f"{rng.choice([5, 7, 10])} Amazing Benefits of {thing} You Need to Know",
    }[kind]
    fillers = rng.sample(_FILLERS, 8)
    parts = [
        rng.choice(_OPENERS),
        " ".join(fillers[:3]),
        rng.choice(_BOXES),
        " ".join(fillers[3:6]),
        " ".join(fillers[6:]),
        rng.choice(_ENDS),
    ]
    if rng.random() < 0.4:
        parts.insert(3, rng.choice(_SEEN).format(**_numbers(rng)))
    return title, "\n\n".join(parts).format(x=thing.lower(), X=thing), kind


def careful(rng: random.Random) -> tuple[str, str]:
    """Title and text of a note."""
    lines = [line.format(**_numbers(rng)) for line in rng.sample(_SEEN, 11)]
    text = "\n\n".join(" ".join(lines[i : i + 3]) for i in range(0, 11, 3))
    return rng.choice(_SUBJECTS).format(**_numbers(rng)), text


def _numbers(rng: random.Random) -> dict[str, object]:
    return {
        "a": rng.randint(41, 280),
        "b": rng.randint(6, 38),
        "d": rng.randint(4, 28),
        "h": f"{rng.randint(5, 11)}:{rng.randint(10, 59)}",
        "m": rng.choice(_MONTHS),
        "y": rng.randint(1926, 2019),
    }
