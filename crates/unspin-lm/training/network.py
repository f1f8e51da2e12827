"""The encoder: MiniLM of 6 layers with a case embedding and two heads.

head 1, *replaced*: is this word (its first piece) a substitution? A logit a piece.
head 2, *original*: which piece stood here? A state a piece; its dot product with the rows of the word embedding, plus a
bias a row, gives the logits.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH, HEADS, INNER, VOCABULARY, CASES = 384, 12, 1536, 30522, 4


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x, mask):
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Written out: on CPU the fused attention takes five times as long for windows this short.
        scores = q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -.5
        if mask is not None:
            scores = scores + mask
        seen = torch.softmax(scores, -1) @ v
        x = self.norm1(x + self.out(seen.transpose(1, 2).reshape(batch, length, WIDTH)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    def __init__(self, layers=6):
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.case = nn.Embedding(CASES, WIDTH)
        self.position = nn.Embedding(512, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))  # the base model's row for the first segment
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([Layer() for _ in range(layers)])
        self.replaced = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Linear(WIDTH, 1))
        self.original = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.LayerNorm(WIDTH, eps=1e-12))
        self.bias = nn.Parameter(torch.zeros(VOCABULARY))
        nn.init.zeros_(self.case.weight)

    def encode(self, ids, case, padding=None):
        """[batch, length] piece and case ids -> hidden states. `padding`: True where there is no piece."""
        x = self.norm(self.word(ids) + self.case(case) + self.position.weight[:ids.shape[1]] + self.segment)
        mask = None
        if padding is not None and padding.any():
            mask = torch.zeros(padding.shape, dtype=x.dtype, device=x.device).masked_fill_(padding, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x


def from_base(path, layers=6):
    """The encoder with the weights of all-MiniLM-L6-v2; heads fresh, case embedding zero."""
    from safetensors.torch import load_file
    base, model = load_file(path), Encoder(layers)
    state = model.state_dict()
    state["word.weight"] = base["embeddings.word_embeddings.weight"]
    state["position.weight"] = base["embeddings.position_embeddings.weight"]
    state["segment"] = base["embeddings.token_type_embeddings.weight"][0].clone()
    for part in ("weight", "bias"):
        state["norm." + part] = base["embeddings.LayerNorm." + part]
        for i in range(layers):
            theirs, ours = f"encoder.layer.{i}.", f"layers.{i}."
            state[f"{ours}qkv.{part}"] = torch.cat([base[f"{theirs}attention.self.{n}.{part}"] for n in ("query", "key", "value")])
            for a, b in (("attention.output.dense", "out"), ("attention.output.LayerNorm", "norm1"), ("intermediate.dense", "up"),
                         ("output.dense", "down"), ("output.LayerNorm", "norm2")):
                state[f"{ours}{b}.{part}"] = base[f"{theirs}{a}.{part}"]
    model.load_state_dict(state)
    return model
