"""La copie de sauvegarde : comment la remettre, quand l'ouvrir. RC-13 et RC-14."""

import re

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Gravite, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import absence, phrases_qui_disent, tait
from beffroi.achat.relectures.rules.reperage import est_niee, plier

_COPIE = re.compile(r"\bcopies?\s+de\s+sauvegarde")
_INTERDITE = re.compile(
    r"\bsauvegarde\s+(?:n'est|ne\s+(?:sera|peut|pourra|sont|seront))\s+(?:pas|plus|\w+\s+(?:pas"
    r"|plus))|\bsauvegarde\s+(?:est|sont)\s+(?:interdite|refusee|exclue)"
    r"|\baucune\s+copie\s+de\s+sauvegarde"
)
_REMISE = re.compile(
    r"\bremise?s?\b|\badmise?s?\b|\bacceptee?s?\b|\bautorisee?s?\b|\bpermise?s?\b|\binterdite?s?\b"
    r"|\bpossible\b|\badress\w+|\btransm\w+"
)
_ELECTRONIQUE = re.compile(
    r"\bvoie\s+electronique|\bcoffre-?fort|\btelechargement\b|\ben\s+ligne\b|\bcourriels?\b"
    r"|\bmails?\b"
)
_MALVEILLANT = re.compile(r"\bvirus\b|\bmalveillan\w+")
_AUTRES_CAS = re.compile(
    r"\bincomplet\w*|\bhors\s+delai|\bretard|\bn'a\s+p(?:as\s+)?u|\bn'ont\s+pu|\bouvert\w*\s+"
    r"(?:sans"
    r"|normal)|\bdefaill\w+|\balea\w*|\bilisibl\w+|\billisibl\w+|\btardi\w+|\bpas\s+pu\b"
)
_TROP_LARGE = re.compile(
    r"\ben\s+l'absence\s+de\s+(?:pli|depot|transmission|reponse)|\baucun\s+(?:pli|depot)\b"
    r"|\bdans\s+tous\s+les\s+cas|\bsystematiquement"
)
_OUVERTE = re.compile(r"\bouvert\w*|\bouvrir|\bouvre")


def _modalites_du_projet(projet: Projet) -> Reponses:
    copie = projet.achat.copie_de_sauvegarde
    if not copie.adresse.strip() and not copie.electronique.strip():
        yield Ecart(
            quoi="On ne sait pas où remettre une copie de sauvegarde.",
            champ="copie_de_sauvegarde.adresse",
            attendu="une adresse, des horaires",
            remede="Donnez l'adresse et les horaires où elle se remet.",
        )
    elif copie.adresse.strip() and not copie.horaires.strip():
        yield Ecart(
            quoi=(
                "Vous n'avez rien dit des horaires : "
                "une copie de sauvegarde se remet aux heures d'ouverture de l'accueil."
            ),
            champ="copie_de_sauvegarde.horaires",
            attendu="les jours et les heures d'ouverture",
            remede="Laissez ainsi, ou donnez les jours et les heures.",
            gravite=Gravite.INFORMATION,
        )


def _copie_interdite(reglement: Reglement) -> Reponses:
    """Une copie de sauvegarde est un droit du candidat (CCP, art. R. 2132-11)."""
    for phrase in phrases_qui_disent(reglement, _COPIE, _INTERDITE):
        if (
            _REMISE.search(phrase.valeur)
            and not _OUVERTE.search(phrase.valeur)
            and not _ELECTRONIQUE.search(phrase.valeur)
        ):
            yield Ecart(
                quoi="Le règlement interdit la copie de sauvegarde.",
                ou=phrase,
                attendu="une copie permise, sur papier ou sur un support",
                remede="Ôtez cette interdiction : c'est un droit du candidat.",
            )
    if tait(reglement, "copie de sauvegarde"):
        yield absence(
            "Le règlement ne parle pas de la copie de sauvegarde.",
            remede=(
                "Dites les supports permis, l'adresse, "
                "les horaires et la mention à porter sur le pli."
            ),
        )


def _modalites_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    copie = projet.achat.copie_de_sauvegarde
    codes = set(re.findall(r"\b\d{5}\b", copie.adresse))
    ecrites = [a for a in reglement.adresses_postales if "sauvegarde" in plier(a.paragraphe.texte)]
    for adresse in ecrites:
        if codes and adresse.valeur.code_postal not in codes:
            yield Ecart(
                quoi="Le règlement donne une autre adresse pour la copie de sauvegarde.",
                ou=adresse,
                attendu=copie.adresse,
                remede="Reprenez l'adresse de la consultation.",
                doute="L'adresse peut servir à autre chose.",
            )
    for phrase in phrases_qui_disent(reglement, _COPIE, _ELECTRONIQUE):
        permise = not est_niee(phrase.valeur) and re.search(
            r"\bsauvegarde\b[^.]*\b(?:remise|transmise|deposee|adressee|envoyee)\b", phrase.valeur
        )
        if (
            permise
            and not copie.electronique
            and not re.search(r"\bpli\s+electronique|\bsupport", phrase.valeur)
        ):
            yield Ecart(
                quoi=(
                    "Le règlement permet une copie de sauvegarde électronique que la "
                    "consultation ne prévoit pas."
                ),
                champ="copie_de_sauvegarde.electronique",
                ou=phrase,
                attendu="une copie sur papier ou sur support physique",
                remede="Dites quel outil la reçoit, conforme à l'annexe 8, ou ôtez cette phrase.",
                doute="La phrase peut parler du dépôt principal.",
            )


def _cas_d_ouverture(reglement: Reglement) -> Reponses:
    """Programme malveillant ;
    ou pli incomplet, en retard, illisible, s'il a commencé à temps (annexe 6, art. 2, II).
    """
    phrases = reglement.mentions("ouverture de la copie")
    plies = " ".join(plier(phrase.phrase) for phrase in phrases)
    if phrases and _MALVEILLANT.search(plies) and not _AUTRES_CAS.search(plies):
        yield Ecart(
            quoi="Le règlement n'ouvre la copie de sauvegarde que pour un virus.",
            ou=phrases[0],
            attendu=(
                "aussi pour un pli incomplet, en retard ou qui ne s'ouvre pas, "
                "si sa transmission a commencé à temps"
            ),
            remede="Ajoutez les autres cas de l'annexe 6.",
        )
    for phrase in phrases:
        if _TROP_LARGE.search(plier(phrase.phrase)) and not phrase.valeur.niee:
            yield Ecart(
                quoi="Le règlement ouvre la copie de sauvegarde dans plus de cas que l'annexe 6.",
                ou=phrase,
                attendu="un pli transmis, ou dont la transmission a commencé à temps",
                remede="Reprenez les deux cas de l'annexe 6.",
            )


FONCTIONS = {
    "RC-13": Fonctions(
        projet=_modalites_du_projet, texte=_copie_interdite, comparaison=_modalites_du_texte
    ),
    "RC-14": Fonctions(texte=_cas_d_ouverture),
}
