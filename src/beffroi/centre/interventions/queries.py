"""Lire les interventions :
celle qui court, celles d'un organisme, ce qu'on y a fait, et l'état de ses comptes.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.rules import peut_etre_active
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.states import Etat
from beffroi.centre.interventions import plan
from beffroi.centre.interventions.lecture import Tableau
from beffroi.centre.interventions.models import ImportDAgents, Intervention
from beffroi.personnes.cles.queries import est_prete, identites_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import (
    adresses_prouvees,
    personnes_attendues,
    personnes_protegees,
)
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente, Organisme
from beffroi.personnes.organismes.queries import LigneDeRevue, revue_des_comptes
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.journal.queries import histoires

Role = Habilitation.Role


def interventions() -> QuerySet[Intervention]:
    return Intervention.objects.select_related("organisme", "ouverte_par")


def en_cours(organisme: Organisme, par: Utilisateur, le: datetime) -> Intervention | None:
    """L'intervention que cette personne tient ouverte chez l'organisme ;
    une mise en place ne vaut plus une fois en service.
    """
    derniere = derniere_de(organisme, par)
    if derniere is None or not derniere.est_ouverte(le):
        return None
    if derniere.sorte == Intervention.Sorte.MISE_EN_PLACE and est_en_service(organisme):
        return None
    return derniere


def derniere_de(organisme: Organisme, par: Utilisateur) -> Intervention | None:
    """La dernière que cette personne y a ouverte : le refus dit à quelle heure elle a fini."""
    siennes = interventions().filter(organisme=organisme, ouverte_par=par)
    return siennes.exclude(sorte=Intervention.Sorte.EN_NOMBRE).first()


def arret_sans_suite(organisme: Organisme) -> datetime | None:
    """Quand l'organisme a arrêté le centre pour la dernière fois,
    si aucune assistance ne s'y est ouverte depuis.
    """
    arretees = Intervention.objects.filter(
        organisme=organisme, cloture=Intervention.Cloture.ARRETEE
    )
    le = arretees.aggregate(le=Max("close_le"))["le"]
    if le is None:
        return None
    depuis = Intervention.objects.filter(
        organisme=organisme, sorte=Intervention.Sorte.ASSISTANCE, ouverte_le__gt=le
    ).exists()
    return None if depuis else le


def chez(organisme: Organisme) -> list[Intervention]:
    """Toutes celles de cet organisme, la dernière d'abord."""
    return list(interventions().filter(organisme=organisme))


def dernieres_chez(organisme: Organisme, nombre: int) -> QuerySet[Intervention]:
    return interventions().filter(organisme=organisme)[:nombre]


def ouvertes(le: datetime) -> list[Intervention]:
    """Celles qui courent, chez tous : ce que le centre a en main à cet instant."""
    return list(interventions().filter(close_le=None, expire_le__gt=le))


def expirees(le: datetime) -> list[Intervention]:
    return list(interventions().filter(close_le=None, expire_le__lte=le))


def intervention_chez(organisme: Organisme, reference: str) -> Intervention:
    """Une intervention chez cet organisme ; celle d'un autre est introuvable."""
    trouvee = interventions().filter(organisme=organisme, reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def import_pour(reference: str) -> ImportDAgents:
    depose = ImportDAgents.objects.filter(reference=reference).select_related("depose_par").first()
    if depose is None:
        raise Introuvable()
    return depose


def derniers_imports() -> QuerySet[ImportDAgents]:
    return ImportDAgents.objects.select_related("depose_par")[:10]


# ---------------------------------------------------------------- ce qui a été fait


@dataclass(frozen=True)
class Geste:
    """Un acte fait sous une intervention, tel que le journal le retient."""

    le: datetime
    dit: str


def gestes_de(lues: Iterable[Intervention]) -> Mapping[str, Sequence[Geste]]:
    """Ce que le journal retient de chacune, dans l'ordre ; une seule lecture."""
    faits: dict[str, list[Geste]] = {}
    for ecriture in histoires(intervention.reference for intervention in lues):
        if ecriture.acte == "intervention.agir":
            donnees = json.loads(ecriture.contenu)["donnees"]
            dits = donnees.get("dits") or [donnees["dit"]]
            faits.setdefault(ecriture.sujet, []).extend(
                Geste(ecriture.le, str(dit)) for dit in dits
            )
    return faits


# ---------------------------------------------------------------- l'organisme


def est_en_service(organisme: Organisme) -> bool:
    """Un administrateur y est entré un jour : depuis, le centre n'y agit plus sans intervention.

    Un compte fermé n'a plus de mot de passe : qui s'est connecté une fois compte encore.
    """
    tenues = Habilitation.objects.filter(organisme=organisme).select_related("utilisateur")
    return any(
        est_entre(tenue.utilisateur) for tenue in tenues if Role.ADMINISTRATEUR in tenue.roles
    )


def est_entre(personne: Utilisateur) -> bool:
    return personne.last_login is not None or personne.has_usable_password()


def a_un_role_au_centre(personne: Utilisateur | None) -> bool:
    """La personne tient un rôle chez l'exploitant."""
    if personne is None:
        return False
    chez_l_exploitant = Habilitation.objects.filter(
        organisme__role=Organisme.Role.EXPLOITANT, jusqu_au=None
    )
    return chez_l_exploitant.filter(utilisateur=personne).exists()


@dataclass(frozen=True)
class Compte:
    """Un agent, tel que le centre le voit : ses rôles, son accès, sa clé.

    Jamais ce que la clé ouvre.
    """

    revue: LigneDeRevue
    cle: str


def comptes_de(organisme: Organisme, le: datetime) -> list[Compte]:
    """Les agents de l'organisme, et pour qui ouvre les réponses l'état de sa clé."""
    revues = revue_des_comptes(organisme, le)
    ouvreurs = [r.habilitation.utilisateur for r in revues if Role.OUVREUR in r.habilitation.roles]
    identites = identites_de(ouvreurs)
    cles = {
        personne.pk: "prête"
        if est_prete(identites.get(personne.pk))
        else ("à compléter" if personne.pk in identites else "aucune")
        for personne in ouvreurs
    }
    return [Compte(revue, cles.get(revue.habilitation.utilisateur_id, "")) for revue in revues]


def services_de(
    comptes: Sequence[Compte], attentes: Sequence[HabilitationEnAttente]
) -> list[tuple[str, int]]:
    """Les services nommés dans l'organisme, et combien de personnes y sont ou y seront."""
    nommes = [
        *(compte.revue.habilitation.service for compte in comptes),
        *(attente.service for attente in attentes),
    ]
    noms = [nom for nom in nommes if nom]
    return [(nom, noms.count(nom)) for nom in sorted(set(noms))]


@dataclass(frozen=True)
class EtatDesComptes:
    """Les comptes d'un organisme, en nombres : ce que la liste du centre montre."""

    organisme: Organisme
    agents: int
    invites: int
    sans_second_facteur: int
    # En fonction ; ceux qui n'ont pas encore prouvé leur adresse.
    administrateurs: int
    administrateurs_attendus: int
    est_administre: bool
    dernier_passage: datetime | None

    @property
    def etat(self) -> tuple[str, str]:
        if not self.administrateurs and not self.administrateurs_attendus:
            return "attention", "Sans administrateur"
        return ("ok", "En service") if self.est_administre else ("cours", "À mettre en place")


def organismes_servis(mots: str) -> QuerySet[Organisme]:
    """Les acheteurs du service, par nom ; `mots` : un morceau du nom, ou un SIRET."""
    acheteurs = Organisme.objects.filter(role=Organisme.Role.ACHETEUR).order_by("nom", "pk")
    if not mots:
        return acheteurs
    siret = "".join(mots.split())
    return (
        acheteurs.filter(siret__startswith=siret)
        if siret.isdecimal()
        else acheteurs.filter(nom__icontains=mots)
    )


def etats_des_comptes(organismes: Sequence[Organisme], le: datetime) -> list[EtatDesComptes]:
    """Trois lectures, quel que soit le nombre d'organismes."""
    par_organisme: dict[int, list[Habilitation]] = {organisme.pk: [] for organisme in organismes}
    attendues: dict[int, list[HabilitationEnAttente]] = {cle: [] for cle in par_organisme}
    for attente in HabilitationEnAttente.objects.filter(organisme__in=par_organisme):
        attendues[attente.organisme_id].append(attente)
    tenues = Habilitation.objects.filter(
        organisme__in=par_organisme, jusqu_au=None, depuis_le__lte=le
    )
    for tenue in tenues.select_related("utilisateur"):
        par_organisme[tenue.organisme_id].append(tenue)
    personnes = {tenue.utilisateur_id for tenue in tenues}
    protegees = personnes_protegees(personnes)
    return [
        _etat_des_comptes(
            organisme, par_organisme[organisme.pk], attendues[organisme.pk], protegees
        )
        for organisme in organismes
    ]


def _etat_des_comptes(
    organisme: Organisme,
    tenues: Sequence[Habilitation],
    attendues: Sequence[HabilitationEnAttente],
    protegees: set[int],
) -> EtatDesComptes:
    personnes = [tenue.utilisateur for tenue in tenues]
    entres = [personne for personne in personnes if est_entre(personne)]
    administrent = [tenue.utilisateur for tenue in tenues if Role.ADMINISTRATEUR in tenue.roles]
    return EtatDesComptes(
        organisme=organisme,
        agents=len(personnes) + len(attendues),
        invites=len(attendues),
        sans_second_facteur=sum(personne.pk not in protegees for personne in entres),
        administrateurs=sum(personne.est_actif for personne in administrent),
        administrateurs_attendus=sum(Role.ADMINISTRATEUR in une.roles for une in attendues),
        est_administre=any(est_entre(personne) for personne in administrent),
        dernier_passage=max(
            (personne.last_login for personne in personnes if personne.last_login), default=None
        ),
    )


# ---------------------------------------------------------------- un tableau d'agents


def actuels(tableau: Tableau) -> plan.Actuels:
    """Ce que la base sait des personnes et des organismes du tableau :
    sept lectures, et une par lot d'adresses, quel que soit le nombre de lignes.
    """
    sirets = {ligne.siret for ligne in tableau.lignes}
    courriels = {ligne.courriel for ligne in tableau.lignes}
    organismes = {
        o.siret: o
        for o in Organisme.objects.filter(role=Organisme.Role.ACHETEUR)
        if o.siret in sirets
    }
    tenues = Habilitation.objects.filter(organisme__siret__in=organismes).select_related(
        "utilisateur", "organisme"
    )
    tenues_ici = list(tenues)
    entrees = {
        t.organisme_id
        for t in tenues_ici
        if Role.ADMINISTRATEUR in t.roles and est_entre(t.utilisateur)
    }
    a_activer = (
        Adherent.objects.filter(organisme=None).exclude(siret="").values_list("siret", "nom")
    )
    return plan.Actuels(
        organismes={
            siret: plan.Chez(o.nom, est_en_service=o.pk in entrees)
            for siret, o in organismes.items()
        },
        a_activer={siret: nom for siret, nom in a_activer if siret in sirets},
        comptes=_comptes(courriels),
        prouvees=adresses_prouvees(courriels),
        attendues=personnes_attendues(courriels).keys(),
        tenus={
            (t.organisme.siret, t.utilisateur.courriel.lower()): (tuple(sorted(t.roles)), t.service)
            for t in tenues_ici
            if t.jusqu_au is None
        }
        | {
            (a.organisme.siret, a.attendue.courriel): (tuple(a.roles), a.service)
            for a in HabilitationEnAttente.objects.filter(
                organisme__siret__in=organismes
            ).select_related("attendue", "organisme")
        },
    )


def _comptes(courriels: set[str]) -> dict[str, plan.Compte]:
    du_centre = set(
        Habilitation.objects.filter(
            organisme__role=Organisme.Role.EXPLOITANT, jusqu_au=None
        ).values_list("utilisateur_id", flat=True)
    )
    colonnes = Utilisateur.objects.values_list("courriel", "est_actif", "pk")
    return {
        courriel.lower(): plan.Compte(est_actif, pk in du_centre)
        for courriel, est_actif, pk in colonnes
        if courriel.lower() in courriels
    }


# ---------------------------------------------------------------- activer en nombre


@dataclass(frozen=True)
class Candidat:
    """Un adhérent dont la convention est signée, et ce qui manque encore pour l'activer."""

    convention: Convention
    manque: str


def candidats_a_l_activation() -> list[Candidat]:
    """Les conventions signées, par nom d'adhérent ; une seule lecture."""
    signees = Convention.objects.filter(etat=Etat.SIGNEE).select_related(
        "adherent__organisme", "adherent__successeur"
    )
    return [
        Candidat(convention, _manque(convention))
        for convention in signees.order_by("adherent__nom", "pk")
    ]


def _manque(convention: Convention) -> str:
    adherent = convention.adherent
    if adherent.organisme:
        return ""
    successeur = adherent.successeur.nom if adherent.successeur else ""
    decision = peut_etre_active(siret=adherent.siret, est_active=False, successeur=successeur)
    if not decision.favorable:
        return decision.motifs[0].texte
    return (
        ""
        if convention.courriel and convention.interlocuteur
        else "Il manque la personne à inviter."
    )
