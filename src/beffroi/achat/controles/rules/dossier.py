"""Le dossier de consultation, et ce qu'on en dit : RC-09 à RC-11."""

import re
from pathlib import PurePosixPath

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Impossible, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import affirme, dit
from beffroi.achat.relectures.rules import reperage
from beffroi.achat.relectures.rules.reperage import Trouvaille, est_niee, plier
from formats.tailles import humaniser

FORMATS_FERMES = frozenset(
    {"doc", "xls", "ppt", "dwg", "rvt", "mpp", "pages", "numbers", "key", "mdb", "accdb", "rar"}
)
_SORTES = {
    "CCAP": re.compile(r"\bc\.?c\.?a\.?p\b|cahier des clauses administratives particulieres"),
    "CCTP": re.compile(r"\bc\.?c\.?t\.?p\b|cahier des clauses techniques"),
    "acte d'engagement": re.compile(r"\bactes? d'engagement\b|\bae\b"),
    "bordereau des prix": re.compile(r"\bb\.?p\.?u\b|bordereau des prix"),
    "DPGF": re.compile(r"\bd\.?p\.?g\.?f\b|decomposition du prix"),
    "détail estimatif": re.compile(r"\bd\.?q\.?e\b|detail (?:quantitatif )?estimatif"),
}
_NOMME_PAR_LE_CANDIDAT = re.compile(
    r"\bnomm\w+|\bexemple\b|\bex\b|\bcandidats?\b|\bsoumissionnaires?\b|\bdepos\w+"
    r"|\bfichiers?\s+sont"
)
_NOM_D_UN_REGLEMENT = re.compile(
    r"(?:rc|reglement)(?:[\s_\-+.]*(?:de|la|consultation|dce|\d+|v\d+))*\.\w+"
)
_AILLEURS = re.compile(
    r"\btrop\s+volumineux|\bretir\w+\s+(?:en\s+mairie|aupres)|\bsur\s+demande|\bcd-?rom\b"
    r"|\bconsultables?\s+en\s+mairie"
)
_DOCUMENTS = re.compile(r"\bdossier|\bdce\b|\bdocuments?\b|\bplans?\b|\bpieces?\b")
_FICHIERS = re.compile(
    r"\bfichiers?\b|\bplis?\b|\boffres?\b|\breponses?\b|\bdepots?\b|\benvois?\b|\btailles?\b"
    r"|\bpoids\b"
)
_SEULS = re.compile(
    r"\buniquement\b|\bexclusivement\b|\bseuls?\b|\bobligatoire\w*|\bimperativement\b"
)
_FORMATS = re.compile(r"\bformats?\b|\bextensions?\b")


def _documents_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    """Ce que le règlement nomme est en ligne, et réciproquement (CCP, art. R. 2132-1)."""
    if not projet.achat.documents:
        yield Impossible("Aucun document n'est encore en ligne.")
        return
    en_ligne = {_dernier_mot(document.nom) for document in projet.achat.documents}
    for fichier in reperage.fichiers_nommes(reglement.texte):
        if _dernier_mot(fichier.valeur) not in en_ligne and not _se_nomme(fichier, projet):
            yield Ecart(
                quoi="Le règlement nomme un fichier qui n'est pas en ligne.",
                ou=fichier,
                attendu=", ".join(document.nom for document in projet.achat.documents),
                remede="Ajoutez ce fichier, ou corrigez son nom dans le règlement.",
                doute=_doute_du_nom(fichier),
            )
    yield from _sortes(projet, reglement)


def _se_nomme(fichier: Trouvaille[str], projet: Projet) -> bool:
    """Le règlement cite son propre fichier, remis au dossier sous un autre
    nom : qui le lit l'a déjà.
    """
    return bool(_NOM_D_UN_REGLEMENT.fullmatch(plier(fichier.valeur))) and any(
        document.sorte == "rc" for document in projet.achat.documents
    )


def _dernier_mot(nom: str) -> str:
    """Un nom qui contient des espaces se reconnaît à sa fin."""
    return plier(nom).split()[-1] if nom.split() else ""


def _doute_du_nom(fichier: Trouvaille[str]) -> str:
    if _NOMME_PAR_LE_CANDIDAT.search(plier(fichier.phrase)):
        return "La phrase parle peut-être d'un fichier que le candidat remet."
    return ""


def _sortes(projet: Projet, reglement: Reglement) -> Reponses:
    noms = [
        plier(f"{d.intitule} {d.sorte} {d.nom.replace('_', ' ')}") for d in projet.achat.documents
    ]
    for sorte, motif in _SORTES.items():
        en_ligne, nommee = any(motif.search(nom) for nom in noms), dit(reglement, motif)
        if nommee and not en_ligne:
            yield Ecart(
                quoi=f"Le règlement parle d'un document absent du dossier : {sorte}.",
                trouve=sorte,
                remede="Ajoutez ce document, ou ôtez-le du règlement.",
                doute="Il peut être en ligne sous un autre nom.",
            )
        if en_ligne and not nommee:
            yield Ecart(
                quoi=f"Un document est en ligne sans que le règlement le nomme : {sorte}.",
                trouve=sorte,
                remede="Ajoutez ce document à la liste du règlement.",
                gravite=Gravite.AVERTISSEMENT,
                absence=True,
            )


def _hors_profil(projet: Projet) -> Reponses:
    for document in projet.achat.documents_hors_profil:
        for manque, valeur in (
            ("la raison", document.raison),
            ("le moyen de l'obtenir", document.moyen_d_acces),
        ):
            if not valeur.strip():
                yield Ecart(
                    quoi=(
                        f"« {document.intitule} » n'est pas sur la plateforme, "
                        f"et {manque} n'est pas dit."
                    ),
                    trouve=document.intitule,
                    attendu=manque,
                    remede="Complétez la fiche de ce document : l'avis doit le dire.",
                )


def _ailleurs_dans_le_texte(projet: Projet, reglement: Reglement) -> Reponses:
    if projet.achat.documents_hors_profil:
        return
    for phrase in affirme(reglement, _AILLEURS, _DOCUMENTS):
        yield Ecart(
            quoi="Le règlement semble donner des documents ailleurs que sur la plateforme.",
            ou=phrase,
            attendu="aucun document hors de la plateforme, selon la consultation",
            remede=(
                "Ajoutez ces documents, ou dites dans la consultation pourquoi et "
                "comment les obtenir."
            ),
            doute="La phrase peut parler d'autre chose.",
        )


def _formats_du_projet(projet: Projet) -> Reponses:
    for piece in projet.achat.offre.pieces:
        if piece.formats and all(forme in FORMATS_FERMES for forme in piece.formats):
            yield Ecart(
                quoi=f"« {piece.intitule} » n'est accepté que dans un format fermé.",
                champ="offre.pieces",
                trouve=", ".join(piece.formats),
                attendu="au moins un format ouvert : PDF, ODT, ODS…",
                remede="Ajoutez un format ouvert.",
            )


def _formats_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    plateforme = projet.achat.plateforme
    for taille in reperage.tailles(reglement.texte):
        if taille.valeur > plateforme.taille_maximale_d_une_reponse and _FICHIERS.search(
            plier(taille.phrase)
        ):
            yield Ecart(
                quoi="Le règlement permet des envois plus gros que la plateforme.",
                champ="plateforme.taille_maximale_d_une_reponse",
                ou=taille,
                attendu=f"au plus {humaniser(plateforme.taille_maximale_d_une_reponse)}",
                remede="Reprenez la limite de la plateforme.",
            )
    for phrase in (p for p in reglement.phrases if _FORMATS.search(p.valeur)):
        yield from _formats_de_la_phrase(phrase, _formats_nommes(reglement, phrase))


def _formats_nommes(reglement: Reglement, phrase: Trouvaille[str]) -> set[str]:
    return {
        forme.valeur
        for forme in reglement.formats
        if forme.paragraphe == phrase.paragraphe and phrase.debut <= forme.debut < phrase.fin
    }


def _formats_de_la_phrase(phrase: Trouvaille[str], nommes: set[str]) -> Reponses:
    if nommes & {"xml", "json"} and est_niee(phrase.valeur):
        yield Ecart(
            quoi="Le règlement semble refuser les formats XML ou JSON.",
            ou=phrase,
            attendu="XML et JSON acceptés",
            remede="Ôtez cette exclusion : ces formats sont toujours acceptés.",
        )
    elif (
        nommes
        and nommes <= FORMATS_FERMES
        and _SEULS.search(phrase.valeur)
        and not est_niee(phrase.valeur)
    ):
        yield Ecart(
            quoi="Le règlement impose un format fermé.",
            ou=phrase,
            attendu="au moins un format ouvert : PDF, ODT, ODS…",
            remede="Acceptez aussi un format ouvert.",
        )


def extension(nom: str) -> str:
    return PurePosixPath(nom).suffix.removeprefix(".").lower()


FONCTIONS = {
    "RC-09": Fonctions(comparaison=_documents_du_texte),
    "RC-10": Fonctions(projet=_hors_profil, comparaison=_ailleurs_dans_le_texte),
    "RC-11": Fonctions(projet=_formats_du_projet, comparaison=_formats_du_texte),
}
