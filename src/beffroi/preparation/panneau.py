"""Le panneau : ce qui se déduit des réponses, chaque ligne avec son « Pourquoi ? » et son « Modifier »."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from beffroi.consultations.models import Consultation
from beffroi.preparation import queries
from beffroi.preparation.models import ChoixMotive, Preparation
from beffroi.preparation.ports import ConstatAffiche, controles_de
from beffroi.preparation.reponses import Reponses
from beffroi.preparation.rules.procedure import est_menee
from droit.calendrier.echeance import Echeance
from droit.calendrier.minimum import Circonstances
from droit.calendrier.procedure import Calendrier, Etapes, calendrier
from droit.calendrier.remise import CalendrierSansObjet
from droit.decision import Motif
from droit.en_vigueur import Droit, DroitInconnu
from droit.regime import Choix, Proposition, Raison

_REGIME = ("procedure", "petits_lots", "lots_sans_publicite", "durabilite", "avance", "suspension")
CONSTATS_MONTRES = 5
_PUBLICITE = ("publicite", "avis", "dossier", "controle_de_legalite", "donnees_essentielles")


class Pourquoi(NamedTuple):
    """Une raison, telle qu'elle se lit : la phrase, son article, la valeur et depuis quand, la confiance, la source."""

    texte: str
    article: str
    en_vigueur: str
    confiance: str
    lien: str


@dataclass(frozen=True)
class Ligne:
    """Une ligne du panneau. `modifiable` : d'autres voies existent ; `choix` : celle retenue à la place, et sa raison."""

    cle: str
    question: str
    libelle: str
    raisons: tuple[Pourquoi, ...]
    modifiable: bool = False
    choix: ChoixMotive | None = None
    a_verifier: bool = False


@dataclass(frozen=True)
class LigneDuCalendrier:
    libelle: str
    jour: date | None
    instant: datetime | None
    attend: str
    conseil: bool
    raisons: tuple[Pourquoi, ...]


@dataclass(frozen=True)
class Panneau:
    """Les cinq parts du panneau. Sans proposition, `manque` dit quelle réponse elle attend."""

    regime: tuple[Ligne, ...] = ()
    publicite: tuple[Ligne, ...] = ()
    calendrier: tuple[LigneDuCalendrier, ...] = ()
    documents: tuple[str, ...] = ()
    controles: Sequence[ConstatAffiche] = ()
    reserves: tuple[str, ...] = ()
    manque: str = ""
    tables: str = ""

    @property
    def parts(self) -> tuple[tuple[str, str, tuple[Ligne, ...]], ...]:
        return (("regime", "Régime", self.regime), ("publicite", "Publicité", self.publicite))

    @property
    def a_montrer(self) -> list[ConstatAffiche]:
        """Les premiers à corriger : le panneau reste court, la page « Vérifier » les donne tous."""
        return [*self.bloquants, *self.avertissements][:CONSTATS_MONTRES]

    @property
    def reste(self) -> int:
        return max(len(self.bloquants) + len(self.avertissements) - CONSTATS_MONTRES, 0)

    @property
    def compte_des_bloquants(self) -> str:
        return _compte(len(self.bloquants), "point à régler", "points à régler")

    @property
    def compte_des_avertissements(self) -> str:
        return _compte(len(self.avertissements), "point à relire", "points à relire")

    @property
    def bloquants(self) -> list[ConstatAffiche]:
        return [constat for constat in self.controles if constat.gravite == "bloquant"]

    @property
    def avertissements(self) -> list[ConstatAffiche]:
        return [constat for constat in self.controles if constat.gravite == "avertissement"]


def _compte(nombre: int, un: str, plusieurs: str) -> str:
    return f"{nombre} {un if nombre < 2 else plusieurs}"


def panneau(consultation: Consultation, *, le: datetime) -> Panneau:
    """Tout ce que les réponses d'aujourd'hui permettent de dire."""
    preparation = queries.preparation_de(consultation)
    reponses = queries.reponses_de(preparation)
    jour = queries.jour_de_reference(preparation, le)
    droit = Droit.au(jour)
    documents = tuple(consultation.procedure.documents)
    constats = controles_de(consultation, le=le)
    tables = f"Tables de la loi, version {droit.version}, au {jour:%d/%m/%Y}"
    try:
        proposition = queries.proposition_de(preparation, jour=jour)
    except DroitInconnu as inconnu:
        return Panneau(documents=documents, controles=constats, manque=inconnu.phrase, tables=tables)
    if proposition is None:
        manque = "Dites ce que vous achetez et pour combien : le régime s'en déduit."
        return Panneau(documents=documents, controles=constats, manque=manque, tables=tables)
    choix = queries.choix_de(preparation)
    return Panneau(
        regime=_lignes(proposition, _REGIME, choix),
        publicite=_lignes(proposition, _PUBLICITE, choix),
        calendrier=_calendrier(consultation, preparation, reponses, droit=droit),
        documents=documents,
        controles=constats,
        reserves=_reserves(consultation, proposition),
        tables=tables,
    )


def _lignes(proposition: Proposition, cles: tuple[str, ...], choix: dict[str, ChoixMotive]) -> tuple[Ligne, ...]:
    return tuple(_ligne(ligne, choix.get(ligne.cle)) for ligne in proposition.choix if ligne.cle in cles)


def _ligne(ligne: Choix, choisi: ChoixMotive | None) -> Ligne:
    return Ligne(
        cle=ligne.cle,
        question=ligne.question,
        libelle=choisi.libelle if choisi else ligne.libelle,
        raisons=tuple(pourquoi(raison) for raison in ligne.pourquoi),
        modifiable=bool(ligne.alternatives),
        choix=choisi,
        a_verifier=ligne.est_a_verifier,
    )


def pourquoi(raison: Raison) -> Pourquoi:
    valeur = raison.valeur
    return Pourquoi(
        texte=raison.motif.texte,
        article=str(raison.motif.source or ""),
        en_vigueur=raison.en_vigueur,
        confiance=raison.confiance.phrase,
        lien=valeur.lu.lien if valeur else "",
    )


def _reserves(consultation: Consultation, proposition: Proposition) -> tuple[str, ...]:
    reserves = [str(reserve) for reserve in proposition.reserves]
    proposee = proposition.procedure.valeur
    if consultation.type_de_procedure != proposee and not est_menee(proposee):
        reserves.insert(
            0,
            f"« {proposition.procedure.libelle} » n'est pas encore menée ici. "
            f"La plateforme prépare donc : {consultation.procedure.libelle.lower()}.",
        )
    return tuple(reserves)


def _calendrier(
    consultation: Consultation, preparation: Preparation, reponses: Reponses, *, droit: Droit
) -> tuple[LigneDuCalendrier, ...]:
    try:
        trouve = calendrier_de(consultation, reponses, droit=droit)
    except (CalendrierSansObjet, DroitInconnu):
        return ()
    return tuple(_echeance(echeance) for echeance in trouve.echeances)


def calendrier_de(consultation: Consultation, reponses: Reponses, *, droit: Droit) -> Calendrier:
    """Le calendrier de la procédure retenue, l'avis partant au jour de référence."""
    dit = reponses.calendrier
    return calendrier(
        droit,
        consultation.procedure,
        etapes=Etapes(envoi=droit.jour, limite=consultation.date_limite_remise),
        acheteur=consultation.type_d_acheteur,
        circonstances=Circonstances(
            electronique=True,
            urgence=bool(dit and dit.urgence),
            preinformation=dit.preinformation if dit else None,
            hors_profil=reponses.hors_profil,
        ),
    )


def _echeance(echeance: Echeance) -> LigneDuCalendrier:
    return LigneDuCalendrier(
        libelle=echeance.libelle,
        jour=echeance.jour,
        instant=echeance.instant,
        attend=echeance.attend,
        conseil=echeance.conseil,
        raisons=tuple(_motif(motif) for motif in echeance.pourquoi),
    )


def _motif(motif: Motif) -> Pourquoi:
    return Pourquoi(motif.texte, str(motif.source or ""), "", "", "")
