#!/usr/bin/env python3
"""Makes terms_pps.tsv, the list of tortured terms, out of the Problematic Paper Screener's table.

    generate_terms.py tortured_terms.dev.tsv [--clean TEXT.txt.zst ...]

The input has the columns tortured, expected, papers, fingerprint. Clean text (one paragraph a line, zstd or plain) says
which of the phrases ordinary English uses too: those are left out or said to be less sure. README.md, "Tortured terms",
has the rules in words; terms_pps.manifest.toml says what the committed file was made from.
"""
import argparse
import collections
import hashlib
import io
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).parent
# The dictionary of the crate next door: a single word that it knows is no tortured term but a word.
WORDS = {line.split("\t")[0] for line in open(HERE / "../../unspin-english/data/words.txt", encoding="utf8") if "\t" in line}

# The table is in lower case; these words of its expected side are not. Written as they should be.
CAPITALS = """
3D 2D 4G 5G 6G AES AI API ATP BP Bayes Bayesian Bernoulli Bluetooth Boltzmann Boolean C-means CAD CMOS CNN CNNs COVID COVID-19 CPU CT
Cox Crohn's DC DDoS DFT DNA DNN DNS DSP ECG EEG EMG ELISA Euclidean Euler FFT FPGA FTIR Fourier Fuzzy GAN GANs GIS GPS GPU GSM Gabor
Gauss Gaussian Google Grover HIV HPLC HTML HTTP Hadamard Hamming Hausdorff Hessian Hilbert Hough Huffman IEEE IP ISO IT IoT Jaccard
Kalman Kaplan KNN LSTM Lagrange Laplace Laplacian Levenberg Likert Lyapunov MATLAB MIMO MRI ML Mann Mahalanobis Manhattan Markov Marquardt
Michelson MLP Monte Carlo NFC NLP NP-hard Naive Newton OFDM PCA PCR PDF PET PLS PPG PSO Parkinson's Alzheimer's Pareto Parzen Pearson
Petri Poisson QoS RAM RBF RF RFID RMSE RNA RNN ROC RSA Raman Riemann SEM SNR SQL SVM Shannon Sobel Spearman Taguchi Taylor Turing
UAV UAVs UV VLSI VPN WSN WSNs Wiener Wilcoxon Wi-Fi XRD XML X-ray Zigbee American African European Europe Asia Asian Africa India Indian
China Chinese Japan Japanese German Germany France French English British London Microsoft Windows Facebook Twitter Amazon Android Apple
Java Python Linux Internet U-Net Adam AUC Bessel Bohr Boltzmann Boston Bragg Butterworth Caspian CRISPR Darcy Eckert GGA Gibbs Grashof Hadoop Hahn
Holt HTTPS Hurst IBM Intel Iran Keras Kullback Kuznets Legendre Leibler Louis Mastercard Medicare mRNA NMR NY OCR Palestine Pasteur
Pochhammer PyTorch ReLU Reynolds Rician Romney Santa Shapley SQLI Stefan Tamura THz UDP USA Waals Wasserstein YOLO York YouTube pH
""".split()
LOWER_ANYWAY = {"fuzzy", "naive", "manhattan", "internet", "it", "pet", "taylor", "apple", "windows", "amazon", "it's", "cox"}
CAPITALS = {word.lower(): word for word in CAPITALS if word.lower() not in LOWER_ANYWAY}

RARE, SELDOM = 4, 2  # occurrences in 60 million words of clean text
# Slips of the table's expected side: a fix must not put them into a text.
MISSPELT = {
    "antiinflammation": "anti-inflammation", "boxe": "box", "enviroment": "environment", "fuction": "function",
    "highresolution": "high-resolution", "mamography": "mammography", "particule": "particle", "polyphormism": "polymorphism",
    "supression": "suppression", "valiadation": "validation", "ally": "allyl", "squarred": "square",
}
PAPERS_MAX = 3000  # found in more papers than spinners write


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("--clean", type=pathlib.Path, nargs="*", default=[])
    arguments = parser.parse_args()

    why_not = collections.Counter()
    rows = {}
    for line in arguments.table.read_text(encoding="utf8").splitlines()[1:]:
        tortured, expected, papers, fingerprint = line.split("\t")
        row, why = clean_row(tortured, expected, int(papers.replace(",", "") or 0), " AND " in fingerprint)
        if row is None:
            why_not[why] += 1
            continue
        spun, naturals, papers, ambiguous = row
        known = rows.setdefault(spun, [[], 0, False])
        known[0] += [natural for natural in naturals if natural not in known[0]]
        known[1] = max(known[1], papers)
        known[2] |= ambiguous

    seen, n_clean_words = occurrences(rows, arguments.clean)
    lines = []
    for spun, (naturals, papers, ambiguous) in sorted(rows.items()):
        if RARE < seen[spun]:
            why_not["ordinary English: in the clean text too often"] += 1
            continue
        surety = how_sure(spun, naturals[0], papers, ambiguous, seen[spun])
        lines.append(f"{spun}\t{'|'.join(naturals[:4])}\t{surety}\t{papers}\n")
    header = (
        "# Tortured terms: spun, naturals, surety, papers. Made by generate_terms.py; do not edit.\n"
        "# From the Problematic Paper Screener by Guillaume Cabanac, Cyril Labbé and Alexander Magazinov, CC BY 4.0; changed.\n"
    )
    text = header + "".join(lines)
    (HERE / "terms_pps.tsv").write_text(text, encoding="utf8")
    write_manifest(arguments, lines, why_not, n_clean_words, text)
    for reason, count in why_not.most_common():
        print(f"{count:5} left out: {reason}")
    print(f"{len(lines):5} written", dict(collections.Counter(line.split("\t")[2] for line in lines)))


def clean_row(tortured, expected, papers, ambiguous):
    """(spun, naturals, papers, ambiguous) and None, or None and why not."""
    if "?" in tortured + expected:
        return None, "what was meant is a guess"
    without_brackets = re.sub(r"\(.*?\)", "", expected.lower()).strip()
    if any(is_held_out(one.strip()) for one in without_brackets.split("/") if one.strip()):
        return None, "held out for measuring"
    spun = spaced(re.sub(r"\(.*?\)", "", tortured.lower()).replace("‑", "-"))
    naturals = alternatives(without_brackets)
    if not re.fullmatch(r"[a-zα-ω0-9][a-zα-ω0-9 ,.'’/-]*[a-zα-ω0-9.]", spun):
        return None, "the spun side has odd characters"
    naturals = [natural for natural in naturals if re.fullmatch(r"[A-Za-zα-ω0-9][A-Za-zα-ω0-9 ,.'’-]*", natural)]
    # A meaning can be held out in one of its spellings only ("support [vector] machine").
    if any(is_held_out(natural) for natural in naturals):
        return None, "held out for measuring"
    if not naturals:
        return None, "the expected side has odd characters"
    spun, naturals = without_shared_article(spun, naturals)
    if any(plain(natural) == plain(spun) for natural in naturals):
        return None, "both sides are the same"
    if " " not in spun and ("-" not in spun and spun in WORDS or len(spun) < 6):
        return None, "one ordinary word"
    return (spun, naturals, papers, ambiguous), None


def is_held_out(expected):
    """The trainer's rule (crates/unspin-lm/training/thesauri.py, term_is_held), so that both leave out the same terms."""
    normal = re.sub(r"[\s-]+", " ", re.sub(r"\(.*?\)", "", expected.lower())).strip()
    return int(hashlib.md5(("term:" + normal).encode()).hexdigest()[:8], 16) % 5 == 0


def alternatives(expected):
    """"voice search/query" is "voice search" or "voice query"; "x / y" is x or y; "malicious [network] traffic" with and without."""
    found = []
    for whole in re.split(r"\s+/\s*|\s*/\s+|\s*;\s*|,? or (?=[a-z]+ [a-z]+$)", expected):
        variants = [""]
        for word in spaced(re.sub(r"\[([^\]]*)\]", lambda words: "[" + words[1].replace(" ", "_") + "]", whole)).split(" "):
            if word.startswith("["):
                inner = word.strip("[]").replace("_", " ")
                variants = variants + [spaced(f"{variant} {inner}") for variant in variants]
            else:
                options = word.split("/") if re.fullmatch(r"[a-z'-]+(/[a-z'-]+)+", word) else [word]
                variants = [spaced(f"{variant} {option}") for option in options for variant in variants]
        found += variants
    written = [" ".join(written_word(word) for word in variant.split(" ")) for variant in found if variant]
    return list(dict.fromkeys(written))


def written_word(word):
    return CAPITALS.get(word) or "-".join(CAPITALS.get(part, MISSPELT.get(part, part)) for part in word.split("-"))


def without_shared_article(spun, naturals):
    for article in ("a ", "an ", "the "):
        if spun.startswith(article) and all(natural.startswith(article) for natural in naturals):
            return spun[len(article):], [natural[len(article):] for natural in naturals]
    return spun, naturals


def spaced(phrase):
    return " ".join(phrase.split())


def plain(phrase):
    return re.sub(r"[^a-z0-9]", "", phrase.lower())


def how_sure(spun, natural, papers, ambiguous, n_seen):
    """The screener asks for the expected term beside an ambiguous phrase: then it is ordinary English too."""
    words, meant = re.split(r"[ -]", spun), set(re.split(r"[ -]", natural.lower()))
    n_changed = sum(word not in meant for word in words)
    if n_seen > SELDOM:
        return "weak"
    if n_seen or ambiguous or papers > PAPERS_MAX:
        return "medium"
    if len(words) >= 3 and n_changed >= 2:
        return "certain"
    return "strong" if papers >= 3 or len(words) >= 3 else "medium"


def occurrences(rows, paths):
    """How often each phrase stands in the clean text, hyphens read as spaces, its plural in -s counted."""
    by_first = collections.defaultdict(list)
    for spun in rows:
        words = re.findall(r"[a-zα-ω0-9']+", spun)
        by_first[words[0]].append((words, spun))
    seen, n_words = collections.Counter(), 0
    for path in paths:
        for line in open_text(path):
            words = re.findall(r"[a-z0-9']+", line.lower().replace("’", "'"))
            n_words += len(words)
            for idx, word in enumerate(words):
                for phrase, spun in by_first.get(word, ()):
                    here = words[idx:idx + len(phrase)]
                    if here[:-1] == phrase[:-1] and here and here[-1] in (phrase[-1], phrase[-1] + "s"):
                        seen[spun] += 1
    return seen, n_words


def open_text(path):
    if path.suffix != ".zst":
        return open(path, encoding="utf8")
    process = subprocess.Popen(["zstd", "-dc", path], stdout=subprocess.PIPE)
    return io.TextIOWrapper(process.stdout, encoding="utf8", errors="replace")


def write_manifest(arguments, lines, why_not, n_clean_words, text):
    sha256 = lambda data: hashlib.sha256(data).hexdigest()
    manifest = [
        "# What terms_pps.tsv was made from. Written by generate_terms.py.",
        'origin = "Problematic Paper Screener, tortured phrases (Guillaume Cabanac, Cyril Labbé, Alexander Magazinov)"',
        'licence = "CC BY 4.0"',
        'changes = "cleaned, alternatives split, ordinary English and a held-out fifth left out, surety added"',
        f'input = "{arguments.table.name}"',
        f'input_sha256 = "{sha256(arguments.table.read_bytes())}"',
        f'output_sha256 = "{sha256(text.encode())}"',
        f"terms = {len(lines)}",
        f"clean_words = {n_clean_words}",
        "clean = [" + ", ".join(f'"{path.name}"' for path in arguments.clean) + "]",
        "",
        "[sureties]",
        *(f"{name} = {sum(line.split(chr(9))[2] == name for line in lines)}" for name in ("certain", "strong", "medium", "weak")),
        "",
        "[left_out]",
        *(f'"{reason}" = {count}' for reason, count in sorted(why_not.items())),
    ]
    (HERE / "terms_pps.manifest.toml").write_text("\n".join(manifest) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
