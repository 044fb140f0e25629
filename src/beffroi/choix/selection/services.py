"""Décider des candidatures, inviter, négocier : un acte, une transaction, une écriture."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Invitation, Tour
from beffroi.achat.tours.queries import dernier_tour
from beffroi.achat.tours.services import Invite, Remise, creer_le_tour
from beffroi.choix.candidatures import services as candidatures
from beffroi.choix.candidatures.services import Choix
from beffroi.choix.selection import queries, rules
from beffroi.personnes.cles import services as cles
from beffroi.personnes.cles.signature import PaireScellee, Usage
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser, signer_un_point_de_controle


@transaction.atomic
def decider_des_candidatures(
    *, consultation: Consultation, choix: Sequence[Choix], par: Utilisateur, maintenant: datetime
) -> None:
    """Inscrit les décisions d'une lecture des candidatures ;
    elles se changent jusqu'à l'invitation.
    """
    exiger(rules.peut_decider(queries.faits_de(consultation, queries.candidatures(consultation))))
    candidatures.decider_des_candidatures(
        consultation=consultation, choix=choix, par=par, maintenant=maintenant
    )


@transaction.atomic
def inviter(
    *, consultation: Consultation, remise: Remise, par: Utilisateur, maintenant: datetime
) -> Tour:
    """Invite tous les candidats retenus, en même temps,
    à remettre une offre (CCP, art. R. 2144-8 et R. 2144-9).

    Répété à l'identique, l'acte rend le tour déjà ouvert : personne n'est invité deux fois.
    """
    consultation = verrouiller(consultation, avec=("organisme", "cle_offre"))
    deja = dernier_tour(consultation)
    if deja is not None:
        if deja.numero == 1 and deja.date_limite == remise.date_limite:
            return deja
        raise ConflitEtat(
            "Les candidats retenus sont déjà invités. Pour laisser plus de temps, "
            "prolongez le délai."
        )
    recues = queries.candidatures(consultation)
    exiger(rules.peut_inviter(queries.faits_de(consultation, recues), invitant=par.reference))
    retenues = [candidature for candidature in recues if candidature.est_retenue]
    invites = [
        Invite(
            equipe=candidature.pli.equipe,
            destinataire=candidature.pli.depose_par,
            candidature=candidature.pli.reference,
            lots=[lot for lot in candidature.lots_retenus if lot is not None],
            groupement=candidature.pli.groupement,
        )
        for candidature in retenues
    ]
    if consultation.cle_offre is None:
        raise ValueError("Une consultation publiée a la clé de ses offres.")
    tour = creer_le_tour(
        consultation=consultation,
        remise=remise,
        invites=invites,
        cle=consultation.cle_offre,
        par=par,
        maintenant=maintenant,
    )
    non_retenus = [
        {"candidature": candidature.pli.reference, "lot": lot, "motif": motif}
        for candidature in recues
        for lot, motif in candidature.rejets
    ]
    return _inscrire(tour, par=par, maintenant=maintenant, non_retenus=non_retenus)


@transaction.atomic
def negocier(
    *,
    consultation: Consultation,
    remise: Remise,
    gardes: Sequence[Invitation],
    cle: PaireScellee,
    par: Utilisateur,
    maintenant: datetime,
) -> Tour:
    """Demande de nouvelles offres à ceux que l'acheteur garde,
    scellées pour une clé neuve (CCP, art. R. 2161-17).

    La clé du tour précédent a été reconstituée en séance :
    elle ne doit rien ouvrir de ce qui vient ensuite (ADR 0017).
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    precedent = dernier_tour(consultation)
    if precedent is None:
        raise ConflitEtat("Personne n'est encore invité : il n'y a rien à négocier.")
    en_lice = {invitation.pk: invitation for invitation in queries.encore_en_lice(precedent)}
    if not {invitation.pk for invitation in gardes} <= en_lice.keys():
        raise RegleEnfreinte(
            "On ne négocie qu'avec les entreprises dont l'offre est ouverte. Rechargez la page."
        )
    exiger(
        rules.peut_negocier(
            procedure=consultation.procedure,
            etat=consultation.etat,
            tour_ouvert=queries.est_ouvert(precedent),
            gardes=len(gardes),
            lettres_parties=queries.lettres_parties(consultation, gardes),
        )
    )
    exiger_les_memes_porteurs(consultation, cle)
    paire = cles.deposer_paire(
        organisme=consultation.organisme,
        usage=usage_d_un_tour(consultation),
        scellee=cle,
        par=par.acteur,
        maintenant=maintenant,
    )
    tour = creer_le_tour(
        consultation=consultation,
        remise=remise,
        invites=[
            Invite(
                equipe=ancienne.equipe,
                destinataire=ancienne.destinataire,
                candidature=ancienne.candidature,
                lots=ancienne.lots,
                groupement=ancienne.groupement,
            )
            for ancienne in gardes
        ],
        cle=paire,
        par=par,
        maintenant=maintenant,
    )
    return _inscrire(tour, par=par, maintenant=maintenant)


def usage_d_un_tour(consultation: Consultation) -> Usage:
    """La clé d'un tour se signe avant que son heure limite soit fixée :
    c'est l'invitation qui la dit.
    """
    return Usage(
        consultation=consultation.reference,
        enveloppe="offre",
        politique=consultation.politique_de_cles,
        date_limite=None,
    )


def exiger_les_memes_porteurs(consultation: Consultation, cle: PaireScellee) -> None:
    attendus = set(consultation.membres_qui_ouvrent.values_list("utilisateur_id", flat=True))
    if {identite.utilisateur_id for identite in cle.parts_des_membres} != attendus:
        raise RegleEnfreinte(
            "Les parts reçues ne sont pas celles des personnes désignées. Rechargez la page."
        )


def _inscrire(
    tour: Tour,
    *,
    par: Utilisateur,
    maintenant: datetime,
    non_retenus: Sequence[Mapping[str, object]] = (),
) -> Tour:
    """L'écriture de l'acte ; une tête signée la montre aussitôt."""
    journaliser(
        "tour.ouvrir",
        sujet=tour.reference,
        organisme=tour.consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={
            "consultation": tour.consultation.reference,
            "numero": tour.numero,
            "date_limite": tour.date_limite.isoformat(),
            "delai": tour.delai,
            "motif_du_delai": tour.motif_du_delai,
            "cle": tour.cle.empreinte,
            "invites": [
                {"invitation": i.reference, "candidature": i.candidature, "lots": i.lots}
                for i in tour.invitations.all()
            ],
            "non_retenus": list(non_retenus),
        },
    )
    signer_un_point_de_controle(le=maintenant)
    return tour
