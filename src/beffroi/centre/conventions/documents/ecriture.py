"""Un modèle et des faits donnent un document :
rien de ce qu'une personne a tapé n'y devient du modèle.
"""

from collections.abc import Iterator
from datetime import datetime

from beffroi.centre.conventions.documents.faits import LIBELLES, Faits
from beffroi.centre.conventions.documents.modele import CHAMP, Modele
from formats.document import (
    Bloc,
    Chapitre,
    Document,
    Emetteur,
    Liste,
    Paragraphe,
    Phrase,
    Segment,
    SousTitre,
    Tableau,
    a_completer,
    phrase,
)
from formats.document.phrases import en_texte

LIGNES_A_SIGNER = 3
LIEU_ET_DATE = "À {ville}, le {date_de_l_acte}"


def ecrire(
    modele: Modele,
    faits: Faits,
    *,
    reference: str,
    objet: str,
    etabli_le: datetime,
    nature: str = "Convention",
) -> Document:
    """Le document. `Document.manques` dit ce qui y reste à compléter."""
    ouverture, chapitres = _chapitres(modele, faits)
    champs = faits.champs
    return Document(
        titre=_en_texte(modele.titre, faits),
        objet=objet,
        reference=reference,
        nature=nature,
        emetteur=Emetteur(champs.get("centre", ""), champs.get("siege_du_centre", "")),
        etabli_le=etabli_le,
        ouverture=ouverture,
        chapitres=chapitres,
        numerote=False,
    )


def _chapitres(modele: Modele, faits: Faits) -> tuple[tuple[Bloc, ...], tuple[Chapitre, ...]]:
    """Ce qui précède le premier titre, puis un chapitre par titre."""
    ouverture: list[Bloc] = []
    chapitres: list[tuple[str, list[Bloc]]] = []
    for morceau in modele.morceaux:
        if morceau.startswith("# "):
            chapitres.append((_en_texte(morceau[2:], faits), []))
            continue
        (chapitres[-1][1] if chapitres else ouverture).extend(_blocs(morceau, faits))
    return tuple(ouverture), tuple(Chapitre(titre, tuple(blocs)) for titre, blocs in chapitres)


def _blocs(morceau: str, faits: Faits) -> Iterator[Bloc]:
    if morceau.startswith("@"):
        yield from BLOCS[morceau[1:]](faits)
    elif morceau.startswith("## "):
        yield SousTitre(_en_texte(morceau[3:], faits))
    elif morceau.startswith("- "):
        yield Liste(
            tuple(remplir(ligne.removeprefix("- "), faits) for ligne in morceau.splitlines())
        )
    else:
        yield Paragraphe(remplir(" ".join(morceau.split()), faits))


def remplir(texte: str, faits: Faits) -> Phrase:
    """Le texte, ses champs remplacés ; celui qui manque se voit, et se nomme."""
    morceaux: list[str | Segment] = []
    place = 0
    for champ in CHAMP.finditer(texte):
        morceaux += [texte[place : champ.start()], _valeur(champ[1], faits)]
        place = champ.end()
    return phrase(*_reunis([*morceaux, texte[place:]]))


def _valeur(champ: str, faits: Faits) -> str | Segment:
    return faits.champs.get(champ, "") or a_completer(champ, LIBELLES[champ])


def _reunis(morceaux: list[str | Segment]) -> Iterator[str | Segment]:
    """Les textes qui se suivent n'en font qu'un :
    la typographie regarde ce qui entoure un signe.
    """
    courant = ""
    for morceau in morceaux:
        if isinstance(morceau, str):
            courant += morceau
            continue
        yield from (courant, morceau)
        courant = ""
    yield courant


def _en_texte(texte: str, faits: Faits) -> str:
    return CHAMP.sub(
        lambda champ: faits.champs.get(champ[1], "") or f"[{LIBELLES[champ[1]]}]", texte
    )


def _lignes(nom: str, lignes: tuple[str, ...]) -> Iterator[Bloc]:
    for ligne in lignes:
        yield Paragraphe(phrase(ligne))
    if not lignes:
        yield Paragraphe(phrase(a_completer(nom, LIBELLES[nom])))


def _visas(faits: Faits) -> Iterator[Bloc]:
    yield from _lignes("visas", faits.visas)


def _comptable(faits: Faits) -> Iterator[Bloc]:
    yield from _lignes("comptable", faits.comptable)


def _tribunal(faits: Faits) -> Iterator[Bloc]:
    yield from _lignes("tribunal", faits.tribunal)


def _signatures(faits: Faits) -> Iterator[Bloc]:
    yield from _a_signer(faits, signataires=("signataire", "signataire_du_centre"))


def _signature_du_centre(faits: Faits) -> Iterator[Bloc]:
    yield from _a_signer(faits, signataires=("signataire_du_centre",))


def _signature_de_l_adherent(faits: Faits) -> Iterator[Bloc]:
    """Sa lettre porte déjà sa date, et le lieu est celui qu'il écrit."""
    yield from _a_signer(faits, signataires=("signataire",), lieu=())


def _a_signer(
    faits: Faits, *, signataires: tuple[str, ...], lieu: Phrase | None = None
) -> Iterator[Bloc]:
    """Une case par signataire, sous le lieu et la date.

    Ce qui manque se dit avant, jamais dans une case.
    """
    lieu = remplir(LIEU_ET_DATE, faits) if lieu is None else lieu
    manques = [champ for champ in signataires if not faits.champs.get(champ)]
    incomplet = any(segment.sorte == "a_completer" for segment in lieu)
    if incomplet:
        yield Paragraphe(lieu)
    for champ in manques:
        yield Paragraphe(phrase(a_completer(champ, LIBELLES[champ])))
    qui = tuple(_qualite(faits, champ) for champ in signataires if champ not in manques)
    if qui:
        yield _cases_a_signer("" if incomplet else en_texte(lieu), qui)


def _qualite(faits: Faits, champ: str) -> str:
    du_centre = f" du {faits.champs.get('centre', '')}" if champ == "signataire_du_centre" else ""
    return f"{faits.champs[champ]}{du_centre},"


def _cases_a_signer(legende: str, qui: tuple[str, ...]) -> Tableau:
    vide: tuple[Phrase, ...] = ((),) * len(qui)
    return Tableau(
        legende=legende, entetes=qui, lignes=(vide,) * LIGNES_A_SIGNER, largeurs=(1,) * len(qui)
    )


def _grille(faits: Faits) -> Iterator[Bloc]:
    """Deux tables simples plutôt qu'une à deux étages d'en-têtes : un lecteur d'écran les suit."""
    if not faits.grille:
        yield Paragraphe(phrase(a_completer("grille", LIBELLES["grille"])))
        return
    for categorie, champ in (("moins", "moins_de_350"), ("plus", "plus_de_350")):
        yield Tableau(
            legende=f"Communes et établissements de {categorie} de 350 agents",
            entetes=("Tranches", "Consultations à l'année", "Tarification"),
            lignes=tuple(
                (phrase(ligne.tranche), phrase(ligne.consultations), phrase(getattr(ligne, champ)))
                for ligne in faits.grille
            ),
            largeurs=(2, 3, 2),
            a_droite=(2,),
        )


BLOCS = {
    "visas": _visas,
    "comptable": _comptable,
    "tribunal": _tribunal,
    "signatures": _signatures,
    "signature_du_centre": _signature_du_centre,
    "signature_de_l_adherent": _signature_de_l_adherent,
    "grille": _grille,
}
