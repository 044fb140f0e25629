"""La validité des offres, les visites, les échantillons : RC-36, RC-40 et RC-41."""

import re

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Impossible, Reponses
from beffroi.achat.controles.rules.faits import Projet, Reglement
from beffroi.achat.controles.rules.mentions import absence, tait
from beffroi.achat.relectures.rules import reperage
from beffroi.achat.relectures.rules.reperage import DureeEcrite, Trouvaille, plier
from droit.calendrier.heures import PARIS
from droit.dates import en_toutes_lettres
from formats.lecture import Texte

_VALIDITE_COURTE, _VALIDITE_LONGUE = 60, 270  # jours : le temps d'analyser, d'attendre et de signer
_JOURS_PAR_MOIS = 30
_CRENEAU = re.compile(
    r"\d|\blundi|\bmardi|\bmercredi|\bjeudi|\bvendredi|\brendez-?vous|\bappel\w*|\bcourriel"
)
_OFFRE = re.compile(r"\boffres?\b|\bpropositions?\b|\bcandidats?\b|\bsoumissionnaires?\b")
_LIEU = re.compile(
    r"\d{5}|\bmairie\b|\brue\b|\bplace\b|\bavenue\b|\bservices?\b|\batelier\w*|\becole\b"
)


def _validite(projet: Projet) -> Reponses:
    jours = projet.achat.offre.validite_en_jours
    if jours is None:
        yield Ecart(
            quoi="On ne sait pas combien de temps les offres engagent.",
            attendu="une durée, 120 jours par exemple",
            remede="Fixez la durée de validité des offres.",
        )
    elif not _VALIDITE_COURTE <= jours <= _VALIDITE_LONGUE:
        trop = "courte" if jours < _VALIDITE_COURTE else "longue"
        yield Ecart(
            quoi=f"La durée de validité des offres est bien {trop}.",
            trouve=f"{jours} jours",
            attendu=f"de {_VALIDITE_COURTE} à {_VALIDITE_LONGUE} jours",
            remede="Choisissez une durée qui laisse le temps d'attribuer, sans décourager.",
        )


def _validite_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    jours = projet.achat.offre.validite_en_jours
    ecrites = _validites(reglement.texte)
    if not ecrites:
        yield absence(
            "Le règlement ne dit pas combien de temps les offres engagent.",
            attendu=f"{jours} jours" if jours else "",
            remede="Ajoutez la durée de validité des offres.",
        )
    if jours is None:
        return
    for ecrite in ecrites:
        if _differe(ecrite.valeur, jours):
            yield Ecart(
                quoi="Le règlement donne une autre durée de validité des offres.",
                ou=ecrite,
                attendu=f"{jours} jours",
                remede="Donnez la même durée partout.",
            )
    for ecrite in (lue for acte in reglement.actes for lue in _validites(acte)):
        if _differe(ecrite.valeur, jours):
            yield Ecart(
                quoi="L'acte d'engagement donne une autre durée de validité des offres.",
                trouve=f"{ecrite.texte} ({ecrite.place} de l'acte d'engagement)",
                attendu=f"{jours} jours",
                remede="Donnez la même durée partout.",
            )


def _validites(texte: Texte) -> list[Trouvaille[DureeEcrite]]:
    return [v for v in reperage.validites_des_offres(texte) if _OFFRE.search(plier(v.phrase))]


def _differe(ecrite: DureeEcrite, jours: int) -> bool:
    """Quatre mois valent 120 jours à quelques jours près :
    seul un écart d'un demi-mois est un désaccord.
    """
    marge = 0 if ecrite.unite == "jours" else _JOURS_PAR_MOIS // 2
    return abs(ecrite.en_jours - jours) > marge


def _visite(projet: Projet) -> Reponses:
    offre = projet.achat.offre
    if offre.visite_obligatoire and not _CRENEAU.search(plier(offre.visite)):
        yield Ecart(
            quoi="Une visite est obligatoire, sans dire quand ni comment la demander.",
            champ="offre.visite",
            trouve=offre.visite,
            attendu="des dates, ou un contact pour prendre rendez-vous",
            remede="Ajoutez les dates de visite, ou le contact.",
        )


def _visites_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    if projet.limite is None:
        yield Impossible("L'heure limite n'est pas fixée.")
        return
    limite = projet.limite.astimezone(PARIS).date()
    for visite in reperage.dates_de_visite(reglement.texte):
        if visite.valeur.jour >= limite:
            yield Ecart(
                quoi="Une visite a lieu trop tard pour remettre une offre.",
                ou=visite,
                attendu=f"avant le {en_toutes_lettres(limite)}",
                remede="Avancez la visite, ou reculez l'heure limite.",
            )
    if projet.achat.offre.visite_obligatoire and tait(reglement, "visite"):
        yield absence(
            "La visite est obligatoire, et le règlement n'en parle pas.",
            remede="Ajoutez les dates, le contact et l'attestation de visite.",
        )


def _echantillons(projet: Projet) -> Reponses:
    offre = projet.achat.offre
    if offre.echantillons.strip() and not _LIEU.search(plier(offre.echantillons)):
        yield Ecart(
            quoi="Des échantillons sont demandés, sans dire où les remettre.",
            champ="offre.echantillons",
            trouve=offre.echantillons,
            attendu="l'adresse, les jours et les heures",
            remede="Ajoutez l'adresse et les horaires.",
        )


def _echantillons_du_texte(projet: Projet, reglement: Reglement) -> Reponses:
    dites = (
        mention for mention in reglement.mentions("échantillons") if not mention.valeur.est_un_titre
    )
    mentions = [mention for mention in dites if not mention.valeur.niee]
    if projet.achat.offre.echantillons.strip() and not mentions:
        yield absence(
            "Des échantillons sont demandés, et le règlement n'en parle pas.",
            remede="Ajoutez ce qu'il faut remettre, où et quand.",
        )
    elif mentions and not projet.achat.offre.echantillons.strip():
        yield Ecart(
            quoi="Le règlement demande des échantillons que la consultation ne prévoit pas.",
            ou=mentions[0],
            attendu="la même chose partout",
            remede="Prévoyez-les dans la consultation, ou ôtez-les du règlement.",
        )


FONCTIONS = {
    "RC-36": Fonctions(projet=_validite, comparaison=_validite_du_texte),
    "RC-40": Fonctions(projet=_visite, comparaison=_visites_du_texte),
    "RC-41": Fonctions(projet=_echantillons, comparaison=_echantillons_du_texte),
}
