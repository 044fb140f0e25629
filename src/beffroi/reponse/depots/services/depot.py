"""Déposer : l'acte. Atomique, répétable sans risque, jamais refusé parce qu'il est tard."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours import queries as tours
from beffroi.achat.tours import rules as regles_des_tours
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import limits, queries, recepisse, relus_au_depot, rules
from beffroi.reponse.depots.contestations import plis_contestes
from beffroi.reponse.depots.courriels import ecrire_l_accuse, ecrire_le_remplacement
from beffroi.reponse.depots.errors import CleReutilisee, FichierInacheve
from beffroi.reponse.depots.events import PliDepose
from beffroi.reponse.depots.models import (
    AccuseDeReception,
    BrouillonDeReponse,
    Enveloppe,
    FichierScelle,
    Pli,
)
from beffroi.reponse.depots.precedents import precedents_en_bref
from beffroi.reponse.depots.rules import EnveloppeAnnoncee
from beffroi.reponse.depots.services.brouillons import (
    exiger_d_etre_de_l_equipe,
    exiger_l_invitation,
    verifier_les_places,
)
from beffroi.reponse.depots.taches import suivre_un_depot
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.evenements import publier
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.requetes import la_premiere
from beffroi.socle.fondations.tour import en_premier
from beffroi.socle.fondations.verrous import (
    quelques_uns_de_front,
    verrouiller,
    verrouiller_sans_exclure,
)
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import inscrire

CLE_AU_PLUS = 80
CHIFFRES = 8


@dataclass(frozen=True)
class Depot:
    """Ce qui arrive avec la demande de dépôt, et l'heure où elle est arrivée entière."""

    enveloppes: tuple[EnveloppeAnnoncee, ...]
    cle: str
    version_client: str
    recu_le: datetime
    par: Utilisateur


def deposer(
    *,
    brouillon: BrouillonDeReponse,
    enveloppes: Sequence[EnveloppeAnnoncee],
    cle_d_idempotence: str,
    version_client: str,
    recu_le: datetime,
    par: Utilisateur,
) -> Pli:
    """Dépose une réponse et en délivre le récépissé (CCP, annexe 7, art. 2, III).
    La même clé redonne le même pli.

    `recu_le` est l'heure du serveur quand la demande est arrivée entière : lue avant tout
    verrou, c'est elle qui compte. Hors délai, le pli est reçu, scellé et marqué (CCP,
    art. R. 2151-5) ; l'acheteur décide.
    """
    if not 0 < len(cle_d_idempotence) <= CLE_AU_PLUS:
        raise RegleEnfreinte("La clé d'idempotence fait de 1 à 80 caractères.")
    depot = Depot(tuple(enveloppes), cle_d_idempotence, version_client[:80], recu_le, par)
    exiger(rules.contenu_deposable(depot.enveloppes))
    try:
        with en_premier(), quelques_uns_de_front():
            pli = enregistrer(brouillon, depot)
        point_de_panne("depot.apres_validation")
        return pli
    except IntegrityError:
        deja = deja_depose(brouillon, depot)
        if deja is None:
            raise
        return deja


def deja_depose(brouillon: BrouillonDeReponse, depot: Depot) -> Pli | None:
    """Le pli que cette clé a déjà fait naître ; un autre contenu sous la même clé est refusé."""
    pli = la_premiere(relus_au_depot.pli_de_la_cle(brouillon, depot.cle))
    if pli is None:
        return None
    connues = {
        (e.sorte, e.lot, e.manifeste.reference) for e in pli.enveloppes.select_related("manifeste")
    }
    if connues != {(e.enveloppe, e.lot, e.manifeste) for e in depot.enveloppes}:
        raise CleReutilisee(
            f"Cette clé d'idempotence a déjà servi au dépôt {pli.reference}, "
            "dont le contenu diffère."
        )
    return pli


@transaction.atomic
def enregistrer(brouillon: BrouillonDeReponse, depot: Depot) -> Pli:
    """La transaction du dépôt : le pli, ses enveloppes, le registre, le récépissé, les suites."""
    # Une même équipe passe une fois, pour que chacun de ses plis sache lequel il remplace ;
    # les autres passent aussi.
    brouillon = verrouiller(brouillon, avec=("equipe",), aussi=("equipe",))
    deja = deja_depose(brouillon, depot)
    if deja:
        return deja
    # La date limite est relue sous verrou : un report accordé à l'instant compte.
    # De la consultation, seule la clé : rien ne s'en lit avant qu'elle soit tenue.
    tenue = Consultation(pk=brouillon.consultation_id)
    consultation = verrouiller_sans_exclure(tenue, avec=("organisme",))
    brouillon.consultation = consultation
    if brouillon.invitation:
        brouillon.invitation.tour = verrouiller_sans_exclure(
            brouillon.invitation.tour, avec=("cle",)
        )
    exiger(rules.peut_recevoir_des_plis(etat=consultation.etat))
    exiger_d_etre_de_l_equipe(depot.par, brouillon.equipe)
    exiger_l_invitation(consultation, brouillon.equipe, depot.par)
    fichiers = fichiers_prets(brouillon, depot)
    verifier_les_cles(brouillon, depot)
    anciens = precedents_en_bref(brouillon, depot.par)
    pli = creer_le_pli(brouillon, depot, fichiers, anciens)
    creer_les_enveloppes(pli, depot, fichiers)
    if not consultation.technique:
        ecrire_l_accuse(pli, par=depot.par, le=depot.recu_le)
        ecrire_le_remplacement(pli, par=depot.par, le=depot.recu_le)
    publier(PliDepose(pli))
    point_de_panne("depot.avant_journal")
    # Le verrou du journal se prend ici et dure jusqu'à la validation :
    # tout ce qui peut se faire avant est fait.
    inscrire_au_registre(pli, depot)
    point_de_panne("depot.apres_journal")
    remplacer_les_precedents(pli, depot, anciens)
    if not consultation.technique:
        suivre_un_depot(pli)
    point_de_panne("depot.avant_validation")
    return pli


def fichiers_prets(brouillon: BrouillonDeReponse, depot: Depot) -> dict[str, FichierScelle]:
    """Les fichiers annoncés :
    de cette réponse, à leur place, entièrement reçus avant la demande.
    """
    fichiers = {f.reference: f for f in relus_au_depot.fichiers_de(brouillon)}
    verifier_les_places(brouillon, (enveloppe.place for enveloppe in depot.enveloppes))
    for enveloppe in depot.enveloppes:
        for reference in (*enveloppe.fichiers, enveloppe.manifeste):
            verifier_le_fichier(
                fichiers.get(reference), reference, enveloppe, recu_le=depot.recu_le
            )
        if fichiers[enveloppe.manifeste].nom != limits.NOM_DU_MANIFESTE:
            raise RegleEnfreinte(
                f"Le manifeste d'une enveloppe s'appelle « {limits.NOM_DU_MANIFESTE} »."
            )
    manifestes = [fichiers[enveloppe.manifeste] for enveloppe in depot.enveloppes]
    if relus_au_depot.scellees_sous(manifestes).exists():
        raise RegleEnfreinte(
            "Ce manifeste appartient déjà à un dépôt : "
            "un nouveau dépôt demande un nouveau manifeste."
        )
    return fichiers


def verifier_le_fichier(
    fichier: FichierScelle | None,
    reference: str,
    enveloppe: EnveloppeAnnoncee,
    *,
    recu_le: datetime,
) -> None:
    if fichier is None:
        raise RegleEnfreinte(
            f"Le fichier {reference} n'est pas dans cette réponse.", fichier=reference
        )
    if (fichier.enveloppe, fichier.lot) != enveloppe.place:
        raise RegleEnfreinte(
            f"« {fichier.nom} » a été envoyé pour une autre enveloppe que {enveloppe.intitule}.",
            fichier=reference,
        )
    if fichier.termine_le is None or fichier.termine_le > recu_le:
        raise FichierInacheve(
            (
                f"« {fichier.nom} » n'est pas entièrement reçu. Attendez la fin de son envoi, "
                "puis déposez."
            ),
            fichier=reference,
        )


def verifier_les_cles(brouillon: BrouillonDeReponse, depot: Depot) -> None:
    """En deux temps, une clé qui a déjà servi à ouvrir ne scelle plus
    rien (CCP, art. R. 2132-9).
    """
    if not brouillon.consultation.procedure.en_deux_temps:
        return
    paires = tours.paires_de(brouillon.consultation, brouillon.tour)
    for annoncee in depot.enveloppes:
        exiger(
            regles_des_tours.scellee_pour_la_bonne_cle(
                empreinte=annoncee.empreinte,
                attendue=paires[annoncee.enveloppe].empreinte,
                enveloppe=annoncee.enveloppe,
            )
        )


def creer_le_pli(
    brouillon: BrouillonDeReponse,
    depot: Depot,
    fichiers: dict[str, FichierScelle],
    anciens: Sequence[Pli],
) -> Pli:
    limite = brouillon.date_limite
    if limite is None:
        raise RegleEnfreinte("Cette consultation n'a pas de date limite de remise.")
    deposes = [fichiers[ref] for e in depot.enveloppes for ref in (*e.fichiers, e.manifeste)]
    debut = max(
        brouillon.premier_octet_le or brouillon.commence_le, min(f.commence_le for f in deposes)
    )
    fin = max(queries.fin_de_transmission(deposes) or debut, debut)
    offres = sorted({e.lot for e in depot.enveloppes if e.lot is not None})
    recevabilite = rules.recevabilite_du_pli(recu_le=depot.recu_le, date_limite=limite)
    pli = Pli(
        reference=reference_du_recepisse(timezone.localtime(depot.recu_le).year),
        consultation=brouillon.consultation,
        brouillon=brouillon,
        tour=brouillon.tour,
        equipe=brouillon.equipe,
        depose_par=depot.par,
        lots=offres or brouillon.lots,
        groupement=brouillon.groupement,
        cle_d_idempotence=depot.cle,
        debut_transmission=debut,
        fin_transmission=fin,
        recu_le=depot.recu_le,
        date_limite=limite,
        hors_delai=not recevabilite.favorable,
        version_client=depot.version_client,
    )
    pli.remplace = pli_que_celui_ci_remplace(pli, depot, anciens)
    pli.save()
    return pli


def reference_du_recepisse(annee: int) -> str:
    """Une référence tirée au sort :
    un numéro qui se suivrait dirait à chacun combien ont déposé avant lui (ADR 0009).
    """
    while True:
        reference = f"D-{annee}-{secrets.randbelow(10**CHIFFRES):0{CHIFFRES}d}"
        if not relus_au_depot.de_cette_reference(reference).exists():
            return reference


def pli_que_celui_ci_remplace(pli: Pli, depot: Depot, anciens: Sequence[Pli]) -> Pli | None:
    """Le dernier pli déposé dans les délais par le même soumissionnaire,
    sur une même enveloppe (CCP, art. R. 2151-6).
    """
    if not anciens or pli.hors_delai or pli.consultation.est_concession:
        return None
    places = {enveloppe.place for enveloppe in depot.enveloppes}
    qui = queries.soumissionnaire(pli)
    contestes = plis_contestes(anciens)
    dans_les_delais = [
        a
        for a in anciens
        if a.etat == Pli.Etat.DEPOSE and a.recu_le <= pli.date_limite and a.pk not in contestes
    ]
    for ancien in reversed(dans_les_delais):
        communes = places & {(e.sorte, e.lot) for e in ancien.enveloppes.all()}
        if communes and queries.soumissionnaire(ancien) == qui:
            return ancien
    return None


def creer_les_enveloppes(pli: Pli, depot: Depot, fichiers: dict[str, FichierScelle]) -> None:
    liens = Enveloppe.fichiers.through
    for annoncee in depot.enveloppes:
        enveloppe = Enveloppe.objects.create(
            pli=pli,
            sorte=annoncee.enveloppe,
            lot=annoncee.lot,
            empreinte_de_cle=annoncee.empreinte,
            engagement=annoncee.engagement,
            manifeste=fichiers[annoncee.manifeste],
        )
        liens.objects.bulk_create(
            liens(enveloppe=enveloppe, fichierscelle=fichiers[reference])
            for reference in annoncee.fichiers
        )
    # Le journal, le récépissé et le courriel les relisent tous : on les lit une fois.
    enveloppes = Enveloppe.objects.select_related("manifeste")
    prefetch_related_objects([pli], Prefetch("enveloppes", enveloppes), "enveloppes__fichiers")


def inscrire_au_registre(pli: Pli, depot: Depot) -> None:
    """Le même enregistrement est écrit au journal, horodaté, et délivré comme récépissé."""
    ecriture = inscrire(
        pli.acte_du_depot,
        contenu=recepisse.enregistrement(pli),
        sujet=pli.reference,
        par=depot.par.acteur,
        le=depot.recu_le,
        organisme=pli.organisme_du_journal,
        signee=True,
    )
    pli.ecriture = ecriture.numero
    pli.save(update_fields=["ecriture"])
    AccuseDeReception.objects.create(pli=pli, contenu=ecriture.contenu, delivre_le=depot.recu_le)


def remplacer_les_precedents(pli: Pli, depot: Depot, anciens: Sequence[Pli]) -> None:
    """Marque les plis dont plus aucune enveloppe ne compte. Ils restent scellés, et prouvent."""
    if not anciens:
        return
    remplaces = rules.plis_entierement_remplaces(
        queries.faits([*anciens, pli], date_limite=pli.date_limite),
        concession=pli.consultation.est_concession,
    )
    for ancien in (*anciens, pli):
        if ancien.reference in remplaces and ancien.etat == Pli.Etat.DEPOSE:
            franchir(
                ancien,
                "remplacer",
                par=depot.par.acteur,
                le=depot.recu_le,
                donnees={"par": pli.reference},
            )
