"""Les mesures d'une année, en mots : la page, le tableur et le rapport disent les mêmes."""

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from beffroi.service.pilotage import rules
from beffroi.service.pilotage.mesures import Annee, Assistance, Promesses, Reponses, Tissu
from formats.durees import humaniser
from formats.pluriels import compter

MASQUE = f"moins de {rules.ANONYMES_AU_MOINS} entreprises : non montré"


@dataclass(frozen=True, slots=True)
class Chiffre:
    """« Réponses reçues à temps », « 12 », « médiane : 3 par consultation »."""

    nom: str
    valeur: str
    precision: str = ""


def chiffres(annee: Annee, *, de_l_acheteur: bool) -> list[Chiffre]:
    """Ce que l'année résume ; hors de l'acheteur, ce qui désignerait une entreprise se tait."""
    return [
        Chiffre(
            "Consultations publiées",
            str(annee.publiees),
            f"{compter(annee.creees, 'créée')} dans l'année",
        ),
        Chiffre(
            "Temps laissé pour répondre",
            en_jours(annee.jours_pour_repondre),
            "médiane, de la publication à l'heure limite",
        ),
        *reponses(annee.reponses, de_l_acheteur=de_l_acheteur),
        *tissu(annee.tissu),
        Chiffre(
            "Questions reçues",
            str(annee.questions.recues),
            compter(annee.questions.repondues, "répondue"),
        ),
        Chiffre("Délai d'une réponse à une question", en_jours(annee.questions.jours), "médiane"),
    ]


def reponses(mesure: Reponses, *, de_l_acheteur: bool) -> list[Chiffre]:
    closes = compter(mesure.consultations, "consultation close", "consultations closes")
    if not (de_l_acheteur or rules.se_montre(entreprises=mesure.entreprises)):
        return [Chiffre("Réponses reçues à temps", "–", MASQUE)]
    milieu = f", médiane {decimal(mesure.mediane)}" if mesure.mediane is not None else ""
    return [
        Chiffre("Réponses reçues à temps", str(mesure.a_temps), f"{closes}{milieu}"),
        Chiffre("Plis hors délai", str(mesure.hors_delai)),
        Chiffre("Consultations sans réponse", str(mesure.sans_reponse)),
    ]


def tissu(mesure: Tissu) -> list[Chiffre]:
    """Les parts des petites entreprises et des voisines, parmi celles qui l'ont dit."""
    return [
        _part(
            "Petites et moyennes entreprises", mesure.petites, sur=mesure.taille_dite, dit="taille"
        ),
        _part(
            "Entreprises du département",
            mesure.du_departement,
            sur=mesure.lieu_dit,
            dit="département",
        ),
    ]


def _part(nom: str, nombre: int, *, sur: int, dit: str) -> Chiffre:
    if not sur:
        return Chiffre(
            nom, "–", f"aucune entreprise n'a dit {'sa' if dit == 'taille' else 'son'} {dit}"
        )
    if not rules.part_montrable(nombre, sur=sur):
        return Chiffre(nom, "–", "trop peu d'entreprises pour le dire sans en désigner une")
    return Chiffre(
        nom, f"{round(Fraction(100 * nombre, sur))} %", f"{nombre} des {sur} qui ont dit leur {dit}"
    )


def en_jours(jours: Fraction | None) -> str:
    return "–" if jours is None else f"{decimal(jours)} {'jour' if jours < 2 else 'jours'}"


def decimal(nombre: Fraction) -> str:
    """« 3 », « 3,5 » : une médiane n'a jamais d'autre décimale."""
    return f"{float(nombre):.1f}".removesuffix(".0").replace(".", ",")


@dataclass(frozen=True, slots=True)
class Aide:
    """« Demandes d'assistance », 64, « 61 sur 63 », « 1 h 20 min » ;
    ce que le temps mesure, et combien ont eu ce qu'elles attendaient.
    """

    nom: str
    nombre: int
    tenues: str
    mediane: str
    temps: str = ""
    dont: str = ""


def assistance(mesure: Assistance) -> list[Aide]:
    """Une part se dit « 61 sur 63 », jamais en pourcentage :
    deux promesses manquées sont deux personnes.
    """
    return [
        _promise(
            "Demandes d'assistance",
            mesure.demandes,
            temps="jusqu'à la première réponse",
            dont=compter(mesure.demandes.rendues, "répondue"),
        ),
        Aide("Rappels téléphoniques faits", mesure.rappels, "aucune heure promise", "–"),
        _promise(
            "Relectures de règlement",
            mesure.avis,
            temps="jusqu'à l'avis rendu",
            dont=compter(mesure.avis.rendues, "avis rendu", "avis rendus"),
        ),
        _duree("Écrans partagés", mesure.ecrans.nombre, mesure.ecrans.mediane),
        _duree(
            "Interventions chez un acheteur",
            mesure.interventions.nombre,
            mesure.interventions.mediane,
        ),
    ]


def _promise(nom: str, mesure: Promesses, *, temps: str, dont: str) -> Aide:
    tenues = f"{mesure.tenues} sur {mesure.dues}" if mesure.dues else "aucune échue"
    return Aide(nom, mesure.recues, tenues, _temps(mesure.mediane), temps, dont)


def _duree(nom: str, nombre: int, mediane: timedelta | None) -> Aide:
    return Aide(nom, nombre, "aucune heure promise", _temps(mediane), "du début à la fin")


def _temps(duree: timedelta | None) -> str:
    return "–" if duree is None else humaniser(duree)
