"""Writes pieces of words as a SentencePiece model, the form that the package sentencepiece reads.

The normalisation is XLM-RoBERTa's own, SentencePiece's rule nmt_nfkc.
"""

import io
from collections.abc import Sequence

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as form

BEGIN, PADDING, END, UNKNOWN = range(4)


def piece_model(pieces: Sequence[str], scores: Sequence[float]) -> bytes:
    """A serialised model whose piece number i is `pieces[i]`; the first four are the special ones."""
    model = form.ModelProto()
    model.ParseFromString(_any_model())
    del model.pieces[:]
    for number, (piece, score) in enumerate(zip(pieces, scores, strict=True)):
        kind = form.ModelProto.SentencePiece.NORMAL
        if number == UNKNOWN:
            kind = form.ModelProto.SentencePiece.UNKNOWN
        elif number < UNKNOWN:
            kind = form.ModelProto.SentencePiece.CONTROL
        model.pieces.add(piece=piece, score=round(float(score), 4), type=kind)
    spec = model.trainer_spec
    spec.vocab_size = len(pieces)
    spec.bos_id, spec.pad_id, spec.eos_id, spec.unk_id = BEGIN, PADDING, END, UNKNOWN
    spec.bos_piece, spec.pad_piece, spec.eos_piece, spec.unk_piece = (
        pieces[BEGIN],
        pieces[PADDING],
        pieces[END],
        pieces[UNKNOWN],
    )
    return bytes(model.SerializeToString())


def _any_model() -> bytes:
    """A tiny model, trained only to have SentencePiece write its own normalisation rules."""
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["ett två tre fyra", "fem sex sju åtta", "nio tio elva"]), model_writer=written,
        model_type="unigram", vocab_size=25, hard_vocab_limit=False, normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )  # fmt: skip
    return written.getvalue()
