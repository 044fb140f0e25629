"""Ce qu'on demande aux candidats : RC-25 à RC-28."""

import re
from decimal import Decimal

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Impossible, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import affirme
from beffroi.achat.relectures.rules.reperage import est_niee, plier
from droit.decision import Motif
from droit.en_vigueur import DroitInconnu
from droit.pieces_de_candidature import motif_de
from droit.regime import seuils

_CENT = Decimal(100)
_HORS_LISTE = motif_de(
    "hors_liste",
    (
        r"\bcasier\s+judiciaire|\bcertifiee?s?\s+conforme|\boriginal|\breglement\s+signe"
        r"|\bcctp\s+signe|\bccap\s+signe"
    ),
)
_DEJA_CONNU = motif_de("deja_connue", r"\bnoti\s?2\b|\betat\s+annuel\s+des\s+certificats")
_DEMANDE = re.compile(
    r"\bfourni\w*|\bjoind\w+|\bjoint\w*|\bprodui\w+|\bremet\w*|\btransmet\w*|\bcompren\w+"
    r"|\bcomport\w+|\bcontien\w+|\bexig\w+|\bdemand\w+"
)
_ATTRIBUTAIRE = re.compile(
    r"\battributaires?\b|\btitulaires?\b|\bretenue?s?\b|\bpressentie?s?\b"
    r"|\bavant\s+(?:la\s+)?(?:notification|signature|attribution)|\bprovisoire\w*"
)
_FACULTE = re.compile(
    r"\bpeu\w+|\bfacultati\w+|\bdispens\w+|\bnon\s+tenu|\bpas\s+tenu|\binutile|\bsi\s+"
    r"(?:le\s+candidat|possible)"
)
_SEULS = re.compile(
    r"\bexclusivement\b|\buniquement\b|\bimperativement\b|\bsous\s+peine|\ba\s+l'exclusion"
)
_REFUS_DU_DUME = re.compile(
    r"\bdume\b[^.]{0,60}\b(?:n'est|ne\s+sera|ne\s+sont|ne\s+peut)\s+pas\b"
    r"|\bdume\b[^.]{0,40}\b(?:refuse|exclu|interdit)|\bpas\s+de\s+dume"
)
_NE_CONCERNE_QUE_LE_SIMPLIFIE = re.compile(
    r"\bsimplifi\w*|\bse\s+limit\w*|\bs'y\s+born\w*|\bse\s+born\w*|\bse\s+content\w*"
    r"|\bcapacites\s+requises|\bsans\s+fournir|\baptitude\b|\bpapier\b|\bpdf\b|\bstructure"
)


def _chiffre_d_affaires(projet: Projet) -> Reponses:
    """Un plafond, en part du montant estimé du marché ou du lot (CCP, art. R. 2142-7)."""
    candidature = projet.achat.candidature
    exige = candidature.chiffre_d_affaires_minimal
    if exige is None or candidature.motif_du_chiffre_d_affaires.strip():
        return
    plafond = seuils.lue(projet.droit, "candidature.chiffre_d_affaires.plafond")
    if isinstance(plafond, DroitInconnu):
        yield Impossible(plafond.phrase)
        return
    montants = _montants(projet)
    if not montants:
        yield Impossible(
            "Aucun montant n'est estimé : le chiffre d'affaires exigé ne peut pas être comparé."
        )
    for nom, montant in montants:
        maximum = montant * plafond.entier / _CENT
        if exige > maximum:
            yield Ecart(
                quoi=f"Le chiffre d'affaires exigé est trop haut pour {nom}.",
                trouve=f"{exige:.0f} € HT par an",
                attendu=f"au plus {maximum:.0f} € HT",
                pourquoi=Motif(
                    f"Il ne dépasse pas {plafond.entier} % du montant estimé.", plafond.article
                ),
                remede="Baissez cette exigence, ou écrivez ce qui la justifie.",
            )


def _montants(projet: Projet) -> list[tuple[str, Decimal]]:
    lots = projet.achat.allotissement.lots
    if lots:
        return [
            (f"le lot {lot.numero}", lot.montant_estime)
            for lot in lots
            if lot.montant_estime is not None
        ]
    valeur = projet.achat.valeur_estimee
    return [("l'achat", valeur)] if valeur is not None else []


def _pieces_du_projet(projet: Projet) -> Reponses:
    for piece in _toutes_les_pieces(projet):
        if _HORS_LISTE.search(plier(piece)):
            yield Ecart(
                quoi=f"« {piece} » ne peut pas être demandé à un candidat.",
                trouve=piece,
                attendu="les seules pièces de l'annexe 9, en simple copie",
                remede="Ôtez cette pièce, ou demandez-la au seul attributaire.",
            )


def _toutes_les_pieces(projet: Projet) -> tuple[str, ...]:
    attendues = (
        piece.intitule for piece in projet.achat.offre.pieces if piece.enveloppe == "candidature"
    )
    return (*projet.achat.candidature.pieces, *attendues)


def _pieces_du_texte(reglement: Reglement) -> Reponses:
    for mention in reglement.mentions("originaux certifiés"):
        if not mention.valeur.niee:
            yield Ecart(
                quoi="Le règlement demande des copies certifiées conformes.",
                ou=mention,
                attendu="de simples copies",
                remede="Ôtez cette exigence.",
            )
    for phrase in affirme(reglement, re.compile(r"\bcasier\s+judiciaire"), _DEMANDE):
        yield Ecart(
            quoi="Le règlement demande un casier judiciaire.",
            ou=phrase,
            attendu="une déclaration sur l'honneur",
            remede="Ôtez cette pièce : la déclaration sur l'honneur suffit.",
        )


def _dume_du_projet(projet: Projet) -> Reponses:
    if not projet.achat.candidature.dume_accepte and not projet.achat.est_une_concession:
        yield Ecart(
            quoi="Le DUME n'est pas accepté.",
            attendu="le DUME accepté à la place de la déclaration et des renseignements",
            remede="Acceptez le DUME : la loi l'impose.",
        )


def _dume_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    if projet.achat.est_une_concession:
        return
    for mention in reglement.mentions("DUME"):
        plie = plier(mention.phrase)
        if _REFUS_DU_DUME.search(plie) and not _NE_CONCERNE_QUE_LE_SIMPLIFIE.search(plie):
            yield Ecart(
                quoi="Le règlement refuse le DUME.",
                ou=mention,
                attendu="le DUME accepté",
                remede="Écrivez que le DUME est accepté.",
            )
    for mention in reglement.mentions("exclusivité du DC1"):
        plie = plier(mention.phrase)
        if _SEULS.search(plie) and not est_niee(plie):
            yield Ecart(
                quoi="Le règlement n'accepte que les formulaires DC1 et DC2.",
                ou=mention,
                attendu="le DUME, ou tout document équivalent, accepté aussi",
                remede="Ajoutez « ou DUME, ou document équivalent ».",
                doute="Le DUME est nommé dans la même phrase." if "dume" in plie else "",
            )
    yield from _dume_simplifie(projet, reglement)


def _dume_simplifie(projet: Projet, reglement: Reglement) -> Reponses:
    permis = projet.achat.candidature.dume_simplifie
    for mention in reglement.mentions("DUME simplifié"):
        if mention.valeur.niee == permis:
            yield Ecart(
                quoi=(
                    "Le règlement et la consultation ne disent pas la même chose du DUME simplifié."
                ),
                champ="candidature.dume_simplifie",
                ou=mention,
                attendu="permis" if permis else "non permis",
                remede="Dites la même chose partout.",
                gravite=Gravite.AVERTISSEMENT,
            )


def _preuves_du_projet(projet: Projet) -> Reponses:
    for piece in _toutes_les_pieces(projet):
        if _DEJA_CONNU.search(plier(piece)):
            yield Ecart(
                quoi=f"« {piece} » est un document que vous pouvez obtenir vous-même.",
                trouve=piece,
                attendu="rien : l'État vous le donne",
                remede=(
                    "Ôtez cette pièce, ou demandez-la au seul attributaire si "
                    "l'État ne la donne pas."
                ),
            )


def _preuves_du_texte(reglement: Reglement) -> Reponses:
    for phrase in affirme(reglement, _DEJA_CONNU, _DEMANDE):
        autour = f"{plier(phrase.paragraphe.titre)} {phrase.valeur}"
        if not _ATTRIBUTAIRE.search(autour) and not _FACULTE.search(phrase.valeur):
            yield Ecart(
                quoi=(
                    "Le règlement demande aux candidats un document que vous pouvez "
                    "obtenir vous-même."
                ),
                ou=phrase,
                attendu="rien, ou du seul attributaire",
                remede="Ôtez cette demande, ou réservez-la à l'attributaire.",
            )


FONCTIONS = {
    "RC-25": Fonctions(projet=_chiffre_d_affaires),
    "RC-26": Fonctions(projet=_pieces_du_projet, texte=_pieces_du_texte),
    "RC-27": Fonctions(projet=_dume_du_projet, comparaison=_dume_du_texte),
    "RC-28": Fonctions(projet=_preuves_du_projet, texte=_preuves_du_texte),
}
