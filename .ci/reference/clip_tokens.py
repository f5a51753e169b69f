#!/usr/bin/env python3
"""Token ids of texts by OpenAI's own tokenizer, over the small vocabulary of ClipTokenizerTest or a file of one's own.

Source:  openai/CLIP, clip/simple_tokenizer.py and clip.tokenize's framing, from the checkout named by $CLIP
Command: CLIP=checkout clip_tokens.py [VOCABULARY.txt.gz] < texts, one a line > ids, one text a line

`pip install ftfy==6.3.1 regex` gives what the tests hold. Where these are missing, text is not repaired and letters and numbers are those of Python's re, which is
the same for well-formed text.
"""
import gzip, importlib.util, os, re, sys, tempfile, types

MERGES = ["t h", "th e</w>", "c a", "ca t</w>", "i n", "in g</w>", "o n</w>", "r e", "re d</w>", "Ã ©", "a </w>", "l l</w>", "ð Ł"]
CONTEXT = 77


def stub(name, **content):
    if importlib.util.find_spec(name) is None:
        sys.modules[name] = types.ModuleType(name)
        vars(sys.modules[name]).update(content)


def expanded(pattern, flags):
    return re.compile(pattern.replace(r"[^\s\p{L}\p{N}]+", r"(?:[^\s\w]|_)+").replace(r"[\p{L}]+", r"[^\W\d_]+").replace(r"[\p{N}]", r"\d"), flags)


stub("ftfy", fix_text=lambda text: text)
stub("regex", compile=expanded, findall=re.findall, sub=re.sub, IGNORECASE=re.IGNORECASE)
spec = importlib.util.spec_from_file_location("simple_tokenizer", os.path.join(os.environ["CLIP"], "clip", "simple_tokenizer.py"))
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(tempfile.mkdtemp(), "tiny.txt.gz")
if len(sys.argv) < 2:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(["#version: 0.2"] + MERGES))
tokenizer = module.SimpleTokenizer(path)
for line in sys.stdin:
    ids = [tokenizer.encoder["<|startoftext|>"]] + tokenizer.encode(line.rstrip("\n")) + [tokenizer.encoder["<|endoftext|>"]]
    ids = ids if len(ids) <= CONTEXT else ids[:CONTEXT - 1] + ids[-1:]
    print(*ids)
