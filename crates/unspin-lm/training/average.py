"""Average the weights of checkpoints that began from the same plateau: better than each of them, at the cost of one.

    python average.py RUN1/final.pt RUN2/final.pt --out FILE

Wortsman et al. 2022, "Model soups: averaging weights of multiple fine-tuned models improves accuracy without increasing inference time".
"""
import argparse

import torch


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("checkpoints", nargs="+")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    saved = [torch.load(path, map_location="cpu", weights_only=True) for path in args.checkpoints]
    model = {name: sum(one["model"][name].float() for one in saved) / len(saved) for name in saved[0]["model"]}
    progress = dict(saved[-1]["progress"], averaged=[one["progress"] for one in saved])
    torch.save({"model": model, "progress": progress}, args.out)


if __name__ == "__main__":
    main()
