"""Le nombre de candidats et les groupements : RC-30 et RC-31."""

import re

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import absence, tait
from beffroi.achat.relectures.rules.reperage import est_niee, plier
from droit.decision import Motif
from droit.en_vigueur import DroitInconnu
from droit.regime import seuils

_SOLIDAIRE, _CONJOINT = re.compile(r"\bsolidaire\w*"), re.compile(r"\bconjoint\w*")
# Un mandataire solidaire d'un groupement conjoint est permis (CCP, art. R. 2142-24) :
# il n'impose pas la forme.
_MANDATAIRE = re.compile(r"\bmandataire\b(?:\s+(?!conjoint)[\w']+){0,9}?\s+solidaire\w*(?:ment)?")
_FORME = r"(?:conjoint|solidaire)\w*"
_IMPOSE = re.compile(
    r"\b(?:doi\w+|devr\w+)\s+(?:\w+\s+){0,3}?"
    r"(?:etre|prendre|revetir|adopter|constitu\w+|present\w+|former|repondre|candidater)\b"
    rf"[^,;]{{0,70}}?\b{_FORME}"
    rf"|\b(?:obligatoire\w*|imperativement|exclusivement|uniquement|impos\w+|exig\w+"
    rf"|requis\w*)\b[^,;]{{0,70}}?\b{_FORME}"
    rf"|\b{_FORME}\b[^,;]{{0,50}}\b(?:obligatoire|exigee?|imposee?|requise?)s?\b"
    rf"|\bgroupements?\b[^,;]{{0,60}}\b(?:sera|seront|est|sont)\s+(?:de\s+forme\s+)?{_FORME}"
)
# « ne peut être que solidaire », « seuls les groupements solidaires » : des refus qui imposent.
_QUE_CELLE_LA = re.compile(
    rf"\bque\s+(?:de\s+)?(?:sous\s+(?:la\s+)?forme\s+)?(?:d'un\s+)?(?:groupement\s+)?{_FORME}"
    rf"|\bseuls?\b[^,;]{{0,40}}\bgroupements?\s+{_FORME}"
)
_APRES = re.compile(
    r"\bapres\b|\battribu\w+|\btransform\w+|\bretenu\w*|\ben\s+cas\s+de\s+groupement\b"
    r"|\bsi\s+le\s+groupement\b|\blorsque\b"
)
_PLAFOND_DE_CANDIDATS = re.compile(r"\b(?:au\s+(?:plus|maximum)|maxim\w+|limite\w*\s+a)\b")
_PLANCHER_DE_CANDIDATS = re.compile(r"\b(?:au\s+(?:moins|minimum)|minim\w+)\b")
# « Les deux candidats retenus présentent une maquette » ne limite rien :
# on est retenu pour remettre une offre.
_CANDIDATS_ADMIS = re.compile(
    r"\bcandidats?\b[^.;]{0,80}\b(?:admis|invites?|selectionnes?)\b|\b"
    r"(?:admis|invit\w+|selectionn\w+|retiendra)\b[^.;]{0,80}\bcandidats?\b"
    r"|\bnombre\s+(?:minim\w+|maxim\w+|limite)?\s*de\s+candidats?\b"
    r"|\bcandidats?\b[^.;]{0,30}\bretenus?\s+pour\s+(?:remettre|presenter|deposer)\b"
)
_POUR_OFFRIR = re.compile(
    r"\b(?:remettre|presenter|deposer)\s+(?:une\s+|leurs?\s+)?offres?\b|\bsoumissionner\b|\badmis\b"
)
_PAS_LA_SELECTION = re.compile(
    r"\bnegoci\w+|\bclasse\w*|\bgroupement|\bdialogue\s+avec|\baudition\w*|\bvariante"
)
_N = r"(?P<{0}>\d{{1,2}}|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)(?:\s*\(\s?\w+\s?\))?"
_LETTRES = {
    "un": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
}
# « Il en invite au moins cinq, au plus huit. »
_EN_INVITE = re.compile(
    rf"\b(?:invit|retien|selectionn|admet)\w*\b[^.;]{{0,30}}\bau\s+"
    rf"(?:moins|minimum)\s+{_N.format('moins')}"
    rf"(?:[^.;]{{0,20}}\bau\s+(?:plus|maximum)\s+{_N.format('plus')})?"
)
_ENTRE = re.compile(
    rf"\b(?:entre|de)\s+{_N.format('bas')}\s+(?:et|a)\s+{_N.format('haut')}\s+candidats?\b"
)
_NOMBRE_DE_CANDIDATS = re.compile(
    rf"\b{_N.format('avant')}\s+(?:\w+\s+)?candidats?\b|\bcandidats?\b[^.;]{{0,90}}?"
    rf"(?:\best\s+(?:de|fixe\s+a|limite\s+a)|\blimite\w*\s+a|\bfixe\w*\s+a"
    rf"|:)\s*{_N.format('apres')}\b"
)


def _nombre_de_candidats(projet: Projet) -> Reponses:
    """Cinq en appel d'offres restreint, trois ailleurs,
    pour un pouvoir adjudicateur (CCP, art. R. 2142-17).
    """
    candidature = projet.achat.candidature
    minimum, maximum = candidature.candidats_minimum, candidature.candidats_maximum
    if minimum is None and maximum is None:
        return
    plancher = seuils.lue(projet.droit, f"candidats.minimum.{projet.achat.procedure}")
    pouvoir = projet.achat.acheteur.type_d_acheteur == "pouvoir adjudicateur"
    if minimum is None:
        yield Ecart(
            quoi="Le nombre de candidats est limité, sans nombre minimal.",
            trouve=f"{maximum} au plus",
            attendu="un nombre minimal",
            remede="Dites combien de candidats vous inviterez au moins.",
        )
    elif pouvoir and not isinstance(plancher, DroitInconnu) and minimum < plancher.entier:
        yield Ecart(
            quoi="Le nombre minimal de candidats est trop bas.",
            trouve=str(minimum),
            attendu=f"au moins {plancher.entier}",
            pourquoi=Motif(f"{plancher.libelle} : {plancher.entier}.", plancher.article),
            remede="Relevez le nombre minimal de candidats.",
        )
    if minimum is not None and maximum is not None and maximum < minimum:
        yield Ecart(
            quoi="Le nombre maximal de candidats est plus petit que le minimum.",
            champ="candidature.candidats_maximum",
            trouve=f"de {minimum} à {maximum}",
            remede="Corrigez ces deux nombres.",
        )
    if not candidature.criteres_de_selection:
        yield Ecart(
            quoi="Le nombre de candidats est limité, sans dire comment ils seront choisis.",
            champ="candidature.criteres_de_selection",
            attendu="des critères objectifs",
            remede="Ajoutez les critères qui choisissent les candidats.",
        )


def _forme(projet: Projet) -> Reponses:
    """Une forme ne s'exige qu'après l'attribution, et se justifie (CCP, art. R. 2142-22)."""
    candidature = projet.achat.candidature
    if candidature.forme_de_groupement.strip() and not candidature.motif_de_la_forme.strip():
        yield Ecart(
            quoi="Une forme de groupement est exigée, sans dire pourquoi.",
            champ="candidature.motif_de_la_forme",
            trouve=candidature.forme_de_groupement,
            attendu="la raison, liée à la bonne exécution",
            remede="Écrivez la raison, ou laissez la forme libre.",
        )


def _groupement_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    for mention in reglement.mentions("groupement"):
        if impose_une_forme(mention.phrase):
            yield Ecart(
                quoi="Le règlement semble imposer une forme de groupement dès la candidature.",
                ou=mention,
                attendu="une forme libre au dépôt",
                remede="Écrivez que la forme n'est exigée qu'après l'attribution, et pourquoi.",
            )
    interdit = projet.achat.candidature.cumul_de_candidatures_interdit
    if interdit and tait(reglement, "cumul"):
        yield absence(
            "Le règlement ne dit pas qu'une entreprise ne peut pas répondre à plusieurs titres.",
            champ="candidature.cumul_de_candidatures_interdit",
            remede="Ajoutez cette interdiction : sans elle, le cumul est permis.",
        )


def impose_une_forme(phrase: str) -> bool:
    """Une seule forme, exigée, et dès le dépôt ; le mandataire mis à part."""
    plie = _MANDATAIRE.sub("mandataire", plier(phrase))
    une_seule = bool(_SOLIDAIRE.search(plie)) != bool(_CONJOINT.search(plie))
    if not une_seule or _APRES.search(plie):
        return False
    return bool(_QUE_CELLE_LA.search(plie)) or bool(_IMPOSE.search(plie) and not est_niee(plie))


def _candidats_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    """Le nombre de candidats admis à remettre une offre, le même partout (CCP, art. R. 2142-16)."""
    candidature = projet.achat.candidature
    attendus = (candidature.candidats_minimum, candidature.candidats_maximum)
    lus = [
        (phrase, bornes)
        for phrase in reglement.phrases
        if (bornes := candidats_admis(phrase.valeur))
    ]
    for phrase, (bas, haut) in lus:
        if attendus == (None, None):
            yield Ecart(
                quoi=(
                    "Le règlement limite le nombre de candidats ; la consultation ne le limite pas."
                ),
                ou=phrase,
                attendu="aucune limite",
                remede="Dites cette limite dans la consultation, ou ôtez-la du règlement.",
                doute=""
                if _POUR_OFFRIR.search(phrase.valeur)
                else "La phrase peut parler d'une autre étape.",
            )
        elif any(
            lu is not None and attendu is not None and lu != attendu
            for lu, attendu in zip((bas, haut), attendus, strict=True)
        ):
            yield Ecart(
                quoi="Le règlement donne un autre nombre de candidats que la consultation.",
                ou=phrase,
                attendu=_dire_les_candidats(*attendus),
                remede="Donnez les mêmes nombres partout.",
            )
    if attendus != (None, None) and not lus:
        yield absence(
            "Le nombre de candidats est limité, et le règlement ne le dit pas.",
            attendu=_dire_les_candidats(*attendus),
            remede="Ajoutez ces nombres, et les critères qui choisissent les candidats.",
        )


def _dire_les_candidats(bas: int | None, haut: int | None) -> str:
    dits = (
        f"{bas} au moins" if bas is not None else "",
        f"{haut} au plus" if haut is not None else "",
    )
    return ", ".join(dit for dit in dits if dit)


def candidats_admis(phrase: str) -> tuple[int | None, int | None] | None:
    """Le minimum et le maximum que la phrase donne ;
    rien si elle parle d'autre chose que de choisir les candidats.
    """
    if _PAS_LA_SELECTION.search(phrase):
        return None
    if invite := _EN_INVITE.search(phrase):
        return _lire(invite["moins"]), _lire(invite["plus"]) if invite["plus"] else None
    if not _CANDIDATS_ADMIS.search(phrase):
        return None
    if entre := _ENTRE.search(phrase):
        return _lire(entre["bas"]), _lire(entre["haut"])
    trouve = _NOMBRE_DE_CANDIDATS.search(phrase)
    if trouve is None:
        return None
    nombre = _lire(trouve["avant"] or trouve["apres"])
    if _PLANCHER_DE_CANDIDATS.search(phrase) and not _PLAFOND_DE_CANDIDATS.search(phrase):
        return nombre, None
    return (None, nombre) if _PLAFOND_DE_CANDIDATS.search(phrase) else (nombre, nombre)


def _lire(ecrit: str) -> int:
    return int(ecrit) if ecrit.isdecimal() else _LETTRES[ecrit]


FONCTIONS = {
    "RC-30": Fonctions(projet=_nombre_de_candidats, comparaison=_candidats_du_texte),
    "RC-31": Fonctions(projet=_forme, comparaison=_groupement_du_texte),
}
