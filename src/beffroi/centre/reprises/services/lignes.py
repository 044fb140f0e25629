"""Ce que l'ouvrier fait d'une ligne : la reprendre, ou revenir dessus. Tout, ou rien."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.adherents import services as annuaire
from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.ports import definition_de_l_effectif
from beffroi.centre.adherents.queries import effectif_en_cours
from beffroi.centre.adherents.services import Identite, Justificatif
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services import reprises as conventions
from beffroi.centre.conventions.services.cycle import Interlocuteur, activer
from beffroi.centre.conventions.services.pieces import Fichier, choisi
from beffroi.centre.reprises import queries
from beffroi.centre.reprises.models import CopieDeReprise, LigneDeReprise
from beffroi.centre.reprises.plan import nom_de_copie
from beffroi.centre.reprises.rules import lignes as regles
from beffroi.centre.reprises.rules.lignes import Dite
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation, HabilitationEnAttente, Organisme
from beffroi.personnes.organismes.services import accueillir_agent, annuler_l_attente
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

CHAMPS = tuple(Identite.__dataclass_fields__)


def copie_de(ligne: LigneDeReprise) -> Fichier | None:
    """La copie signée que la ligne nomme, ses signatures lues. Hors de toute transaction."""
    nom = nom_de_copie(ligne.valeurs.get("copie", ""))
    gardee = CopieDeReprise.objects.filter(reprise=ligne.reprise_id, nom_plie=nom, refus="")
    copie = gardee.first() if nom else None
    if copie is None:
        return None
    with stockage().lire(copie.cle_de_stockage) as flux:
        return choisi(copie.nom, flux.read())


@transaction.atomic
def reprendre_une_ligne(
    *, ligne: LigneDeReprise, copie: Fichier | None = None, maintenant: datetime
) -> LigneDeReprise:
    """L'adhérent, sa convention active, son effectif, l'invitation : ensemble, une seule fois."""
    ligne = verrouiller(ligne, avec=("reprise", "vague__lancee_par"))
    if ligne.convention_id or ligne.vague is None or ligne.vague.lancee_par is None:
        return ligne
    par, aujourd_hui = ligne.vague.lancee_par, maintenant.astimezone(PARIS).date()
    dite = _dite(ligne, aujourd_hui)
    adherent = _adherent(dite, par=par, maintenant=maintenant)
    convention = conventions.reprendre(
        adherent=adherent,
        signee=_signee(dite, copie),
        par=par.acteur,
        maintenant=maintenant,
    )
    convention = activer(convention=convention, par=par.acteur, maintenant=maintenant)
    _inviter(convention, par=par, maintenant=maintenant)
    _declarer(ligne, dite, convention.adherent, par=par, maintenant=maintenant)
    ligne.convention, ligne.refus = convention, ""
    ligne.save(update_fields=["convention", "refus"])
    donnees = {"convention": convention.reference, "copie": copie is not None}
    _noter("reprendre_une_ligne", ligne, par=par, le=maintenant, donnees=donnees)
    return ligne


def _noter(
    acte: str,
    ligne: LigneDeReprise,
    *,
    par: Utilisateur,
    le: datetime,
    donnees: Mapping[str, object],
) -> None:
    journaliser(
        f"reprise.{acte}",
        sujet=ligne.reprise.reference,
        par=par.acteur,
        le=le,
        donnees={"ligne": ligne.numero, **donnees},
    )


def _dite(ligne: LigneDeReprise, aujourd_hui: date) -> Dite:
    """La ligne, jugée de nouveau : l'annuaire a pu changer depuis l'aperçu."""
    siren = regles.siren_ecrit(ligne.valeurs.get("siren", ""))
    connu = queries.connus([siren]).get(siren)
    jugee = regles.juger(ligne.valeurs, connu, aujourd_hui=aujourd_hui)
    if jugee.dite is None:
        fautes = [f"{faute.colonne} : {faute.phrase}" for faute in jugee.fautes]
        raise RegleEnfreinte(jugee.laisser or " ".join(fautes))
    return jugee.dite


def _adherent(dite: Dite, *, par: Utilisateur, maintenant: datetime) -> Adherent:
    """Inscrit s'il manque ; son SIRET s'y ajoute s'il n'en avait pas. Le reste ne change pas."""
    connu = Adherent.objects.filter(siren=dite.siren).first()
    if connu is None:
        identite = Identite(
            siren=dite.siren,
            nom=dite.nom,
            nature=dite.nature,
            siret=dite.siret,
            courriel=dite.courriel,
        )
        return annuaire.creer_adherent(identite=identite, par=par.acteur, maintenant=maintenant)
    if connu.siret or not dite.siret:
        return connu
    actuelle = Identite(**{champ: getattr(connu, champ) for champ in CHAMPS})
    complete = replace(actuelle, siret=dite.siret)
    return annuaire.decrire(
        adherent=connu, identite=complete, par=par.acteur, maintenant=maintenant
    )


def _signee(dite: Dite, copie: Fichier | None) -> conventions.SigneeAilleurs:
    return conventions.SigneeAilleurs(
        signee_le=dite.signee_le,
        prise_d_effet=dite.prise_d_effet,
        terme=dite.dernier_jour,
        deliberation_le=dite.deliberation_le,
        interlocuteur=Interlocuteur(interlocuteur=dite.contact, courriel=dite.courriel),
        copie=copie,
    )


def _inviter(convention: Convention, *, par: Utilisateur, maintenant: datetime) -> None:
    """Un organisme qui était déjà là n'a peut-être personne : la ligne dit qui inviter."""
    organisme = convention.adherent.organisme
    assert organisme is not None  # l'activation vient de l'ouvrir
    if a_un_administrateur(organisme):
        return
    accueillir_agent(
        organisme=organisme,
        courriel=convention.courriel,
        nom=convention.interlocuteur,
        roles=[Habilitation.Role.ADMINISTRATEUR],
        par=par.acteur,
        maintenant=maintenant,
    )


def a_un_administrateur(organisme: Organisme) -> bool:
    """En fonction, ou attendu."""
    roles = [
        *Habilitation.objects.filter(organisme=organisme, jusqu_au=None).values_list("roles"),
        *HabilitationEnAttente.objects.filter(organisme=organisme).values_list("roles"),
    ]
    return any(Habilitation.Role.ADMINISTRATEUR in donnes for (donnes,) in roles)


def _declarer(
    ligne: LigneDeReprise,
    dite: Dite,
    adherent: Adherent,
    *,
    par: Utilisateur,
    maintenant: datetime,
) -> None:
    """L'effectif que la ligne dit, pour l'année ; s'il en est déjà déclaré un, il reste.

    Son justificatif est la ligne même, et elle seule : l'adhérent le lira.
    """
    aujourd_hui = maintenant.astimezone(PARIS).date()
    if dite.effectif is None or effectif_en_cours(adherent, aujourd_hui.year) is not None:
        return
    extrait = (
        f"Extrait du tableur « {ligne.reprise.nom} », ligne {ligne.numero}, déposé au centre de "
        f"gestion.\r\n{adherent.nom}, SIREN {adherent.siren} : {dite.effectif} agents.\r\n"
    )
    annuaire.declarer_l_effectif(
        adherent=adherent,
        annee=aujourd_hui.year,
        agents=dite.effectif,
        constate_le=aujourd_hui,
        justificatif=Justificatif(f"reprise-{adherent.siren}.txt", extrait.encode()),
        definition=definition_de_l_effectif(aujourd_hui),
        par=par,
        maintenant=maintenant,
    )


@transaction.atomic
def noter_un_refus(*, ligne: LigneDeReprise, pourquoi: str, maintenant: datetime) -> LigneDeReprise:
    """La ligne sort de la vague, et revient à corriger avec la raison."""
    ligne = verrouiller(ligne, avec=("reprise", "vague__lancee_par"))
    if ligne.convention_id or ligne.vague is None or ligne.vague.lancee_par is None:
        return ligne
    par = ligne.vague.lancee_par
    ligne.vague, ligne.refus = None, pourquoi
    ligne.save(update_fields=["vague", "refus"])
    _noter("refuser_une_ligne", ligne, par=par, le=maintenant, donnees={"pourquoi": pourquoi})
    return ligne


@transaction.atomic
def annuler_une_ligne(
    *, ligne: LigneDeReprise, par: Utilisateur, maintenant: datetime
) -> LigneDeReprise:
    """La convention se clôt, l'invitation s'éteint, la ligne redevient prête. L'effectif reste."""
    ligne = verrouiller(ligne, avec=("reprise", "vague", "convention__adherent__organisme"))
    convention, vague = ligne.convention, ligne.vague
    if convention is None or vague is None:
        return ligne
    if convention.adherent.organisme is not None:
        # Une personne qui ouvre son lien à cet instant passe avant, ou trouve l'invitation éteinte.
        verrouiller(convention.adherent.organisme)
    if pourquoi := queries.ce_qui_la_retient([convention]).get(convention.pk, ""):
        raise RegleEnfreinte(pourquoi)
    for attente in HabilitationEnAttente.objects.filter(organisme=convention.adherent.organisme):
        annuler_l_attente(attente=attente, par=par.acteur, maintenant=maintenant)
    conventions.annuler_la_reprise(
        convention=convention,
        motif=vague.motif_d_annulation or "Reprise annulée",
        par=par.acteur,
        maintenant=maintenant,
    )
    ligne.convention = ligne.vague = None
    ligne.save(update_fields=["convention", "vague"])
    donnees = {"convention": convention.reference, "vague": vague.numero}
    _noter("annuler_une_ligne", ligne, par=par, le=maintenant, donnees=donnees)
    return ligne
