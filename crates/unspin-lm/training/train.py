"""Train the two heads and the encoder under them.

    nice -n 19 torchrun --nproc-per-node 2 train.py --minutes 95        two CPU processes of one thread, all-reduce a step
    python train.py --minutes 10 --batch 32768                           one CUDA device, where there is one

Reads shards in order as they appear, takes up the newest checkpoint by itself (weights, optimiser, position in the data,
seconds spent), writes one every 8 minutes. Rate: warm-up over 1 % of the time, constant, then linear to 3 % of it over the
last 35 %; the checkpoint before that descent is kept as `plateau.pt`, to go on from with new shards in a later session:

    … train.py --from plateau.pt --minutes 90
"""
import argparse
import glob
import json
import os
import time

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F

import network
import paths
import pieces

CHECKPOINT_SECONDS = 480
DESCENT = .65  # share of the time after which the rate falls


class Shard:
    def __init__(self, number):
        z = np.load(paths.work("shards", f"{number:04}.npz"))
        self.ids, self.case, self.replaced, self.original = (z[k] for k in ("ids", "case", "replaced", "original"))
        self.length = z["length"]
        self.offset = np.concatenate([[0], np.cumsum(self.length)[:-1]])

    def batches(self, number, size, world):
        """Groups of `world` batches of at most `size` padded pieces each, windows of like length together, shuffled."""
        rng = np.random.default_rng(number)
        order = rng.permutation(len(self.length))
        groups = []
        for a in range(0, len(order), 8192):
            block = order[a:a + 8192]
            block = block[np.argsort(self.length[block], kind="stable")]
            i = 0
            while i < len(block):
                room = size * world // int(self.length[block[min(i + 200, len(block) - 1)]])
                group = block[i:i + max(world, room)]
                i += len(group)
                if len(group) >= world:
                    groups.append(group)
        rng.shuffle(groups)
        return groups

    def tensors(self, windows):
        longest = int(self.length[windows].max())
        out = [np.full((len(windows), longest), fill, np.int64) for fill in (0, 0, -1, -1)]
        for row, w in enumerate(windows):
            a, n = self.offset[w], self.length[w]
            for target, source in zip(out, (self.ids, self.case, self.replaced, self.original)):
                target[row, :n] = source[a:a + n]
        return [torch.from_numpy(x) for x in out]


def output_pieces():
    """Pieces that can begin a word: the vocabulary of head 2 in training. Others get a bias that silences them."""
    vocabulary = pieces.Pieces().vocabulary
    return torch.tensor([i for i, p in enumerate(vocabulary)
                         if not p.startswith("##") and (not p.startswith("[") or i in (pieces.UNKNOWN, pieces.NOTHING))])


def losses(model, batch, places, rows, share):
    ids, case, replaced, original = batch
    hidden = model.encode(ids, case, ids == 0)
    words = replaced >= 0
    logit = model.replaced(hidden[words]).squeeze(-1).float()
    detection = F.binary_cross_entropy_with_logits(logit, replaced[words].float())
    asked = (original >= 0) & ((replaced == 1) | (torch.rand(original.shape, device=ids.device) < share))
    state = model.original(hidden[asked])
    scores = F.linear(state, model.word.weight[rows], model.bias[rows]).float()
    return detection, F.cross_entropy(scores, places[original[asked]], ignore_index=-100)


def rate_at(share, step, peak):
    warm = min(1, (step + 1) / 60)
    fall = 1.0 if share < DESCENT else max(.03, 1 - (share - DESCENT) / (1 - DESCENT) * .97)
    return peak * warm * fall


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, required=True, help="length of the whole run, resumed parts included")
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--batch", type=int, default=2048, help="padded pieces a process and step")
    parser.add_argument("--name", default="run1", help="folder of checkpoints")
    parser.add_argument("--from", dest="begin", help="checkpoint to begin a new run from (optimiser and data position kept)")
    parser.add_argument("--last-shard", type=int, default=10 ** 6)
    args = parser.parse_args()
    rank, world = int(os.environ.get("RANK", 0)), int(os.environ.get("WORLD_SIZE", 1))
    cuda = torch.cuda.is_available()
    device = torch.device(f"cuda:{os.environ.get('LOCAL_RANK', 0)}" if cuda else "cpu")
    if world > 1:
        dist.init_process_group("nccl" if cuda else "gloo")
    torch.set_num_threads(1 if world > 1 else max(1, os.cpu_count() or 1))

    def say(*what):
        if rank == 0:
            print(*what, flush=True)

    torch.manual_seed(0)
    model = network.from_base(pieces.base_file("model.safetensors")).to(device)
    parameters = list(model.parameters())
    groups = [{"params": [p for p in parameters if p.ndim > 1], "weight_decay": .01},
              {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0}]
    optimiser = torch.optim.AdamW(groups, args.rate, betas=(.9, .98), fused=True)
    progress = {"shard": 0, "group": 0, "step": 0, "pieces": 0, "seconds": 0.0, "earlier": 0.0}
    folder = paths.work("checkpoints", args.name, "")
    latest = os.path.join(folder, "latest.pt")
    source = latest if os.path.exists(latest) else args.begin
    if source:
        saved = torch.load(source, map_location=device, weights_only=True)
        model.load_state_dict(saved["model"])
        optimiser.load_state_dict(saved["optimiser"])
        progress = saved["progress"]
        if source == args.begin:
            progress["earlier"] += progress["seconds"]
            progress["seconds"] = 0.0
        say("resumed", source, progress)
    torch.manual_seed(1000 * rank + progress["step"])
    rows = output_pieces().to(device)
    places = torch.full((network.VOCABULARY,), -100, device=device)
    places[rows] = torch.arange(len(rows), device=device)

    def save(name):
        path = os.path.join(folder, name)
        torch.save({"model": model.state_dict(), "optimiser": optimiser.state_dict(), "progress": progress,
                    "arguments": vars(args)}, path + ".part")
        os.replace(path + ".part", path)

    def save_all(done=False):
        if rank == 0:
            save("latest.pt")
            torch.save({"model": model.state_dict(), "progress": progress}, os.path.join(folder, "part"))
            os.replace(os.path.join(folder, "part"), os.path.join(folder, f"step-{progress['step']:06}.pt"))
            say("saved", json.dumps(progress))
            if done:
                save("final.pt")

    clock, mean = torch.zeros(1, device=device), [None, None]
    before, begun, saved_at, pieces_then = progress["seconds"], time.time(), time.time(), progress["pieces"]
    plateau = os.path.exists(os.path.join(folder, "plateau.pt"))
    while progress["shard"] <= args.last_shard:
        path = paths.work("shards", f"{progress['shard']:04}.npz")
        waited = time.time()
        while not os.path.exists(path):
            if glob.glob(paths.work("shards", "*.part.npz")) and time.time() - waited < 600 or time.time() - waited < 120:
                time.sleep(3)
            else:
                break
        if not os.path.exists(path):
            say("no further shard")
            break
        shard = Shard(progress["shard"])
        order = shard.batches(progress["shard"], args.batch, world)
        say("shard", progress["shard"], len(order), "steps")
        while progress["group"] < len(order):
            clock[0] = before + time.time() - begun
            if world > 1:
                dist.broadcast(clock, 0)
            progress["seconds"] = clock.item()
            share = progress["seconds"] / 60 / args.minutes
            if share >= 1:
                save_all(done=True)
                say("end")
                if world > 1:
                    dist.destroy_process_group()
                return
            if share >= DESCENT and not plateau:
                plateau = True
                if rank == 0:
                    save("plateau.pt")
            for group in optimiser.param_groups:
                group["lr"] = rate_at(share, progress["step"], args.rate)
            windows = order[progress["group"]]
            batch = [x.to(device) for x in shard.tensors(windows[rank::world])]
            with torch.autocast(device.type, torch.bfloat16):
                detection, original = losses(model, batch, places, rows, .06)
            (4 * detection + .35 * original).backward()
            if world > 1:
                flat = torch.cat([p.grad.view(-1) for p in parameters]).bfloat16()
                dist.all_reduce(flat)
                at = 0
                for p in parameters:
                    p.grad.copy_(flat[at:at + p.numel()].view_as(p) / world)
                    at += p.numel()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            progress["pieces"] += int(shard.length[windows].sum())
            progress["step"] += 1
            progress["group"] += 1
            for k, value in enumerate((detection.item(), original.item())):
                mean[k] = value if mean[k] is None else .97 * mean[k] + .03 * value
            if progress["step"] % 25 == 0:
                speed = (progress["pieces"] - pieces_then) / (time.time() - begun)
                say(f"step {progress['step']} pieces {progress['pieces'] / 1e6:.2f}M {progress['seconds']:.0f} s {speed:.0f} pieces/s"
                    f" replaced {mean[0]:.4f} original {mean[1]:.3f}")
            if time.time() - saved_at > CHECKPOINT_SECONDS:
                saved_at = time.time()
                save_all()
        progress["shard"] += 1
        progress["group"] = 0
    save_all(done=True)


if __name__ == "__main__":
    main()
