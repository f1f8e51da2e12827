"""Write spun and clean articles in the gold notation, to fit the decision layer on. Their text is kept out of training.

    python spun_articles.py --out FOLDER [--spun 300] [--clean 200] [--words 400] [--seed 7]

Text: every 40th story of the first half of Reuters and every 40th block of recent Wikipedia. Never commit them.
"""
import argparse
import os
import random

import channel
import text
from spinner import Spinner, Style, marked
from words import spaced_words


def articles(rng, longest):
    """Articles of up to `longest` words: a list of paragraphs each. Reuters stories are cut into paragraphs of sentences."""
    from words import sentence_starts
    out = []
    for name in ("eval/reuters21578.txt.zst", "text/wikipedia_en_recent.txt.zst"):
        pile = []
        for story in text.stories(name, "fit"):
            paragraphs = []
            for line in story:
                tokens = spaced_words(line)
                starts = sentence_starts(tokens) + [len(tokens)]
                step = rng.randint(2, 4) if "reuters" in name else 99
                for a in range(0, len(starts) - 1, step):
                    part = tokens[starts[a]:starts[min(a + step, len(starts) - 1)]]
                    paragraphs.append("".join((" " if s and k else "") + w for k, (w, s) in enumerate(part)))
            kept, count = [], 0
            for p in paragraphs:
                size = p.count(" ") + 1
                if count + size > longest:
                    break
                kept.append(p)
                count += size
            if count >= 80 and not any("{{" in p for p in kept):
                pile.append(kept)
        rng.shuffle(pile)
        out.append(pile)
    return [a for pair in zip(*out) for a in pair] + max(out, key=len)[min(map(len, out)):]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--spun", type=int, default=300)
    parser.add_argument("--clean", type=int, default=200)
    parser.add_argument("--words", type=int, default=400)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    spinner = Spinner(channel.load(), rng)
    os.makedirs(args.out, exist_ok=True)
    stock = articles(rng, args.words)
    if len(stock) < args.spun + args.clean:
        print(f"only {len(stock)} articles of reserved text: the clean ones go first")
    for k, paragraphs in enumerate(stock[:args.clean]):
        with open(os.path.join(args.out, f"clean-{k:04}.gold.txt"), "w", encoding="utf8") as file:
            file.write("\n".join(paragraphs) + "\n")
    for k, paragraphs in enumerate(stock[args.clean:args.clean + args.spun]):
        style = Style(rng, rng.choice((rng.uniform(.03, .15), rng.uniform(.1, .35), rng.uniform(.3, .6))), held=rng.random() < .5, plausible=rng.random() < .85)
        lines = [marked(items, spinner.naturals) for items in spinner.document(paragraphs, style)]
        with open(os.path.join(args.out, f"spun-{k:04}.gold.txt"), "w", encoding="utf8") as file:
            file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
