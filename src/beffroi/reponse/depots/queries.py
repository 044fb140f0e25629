"""Lire les réponses et les plis :
par qui a le droit de les voir, et jamais par l'acheteur avant l'heure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet, Sum

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.tours.models import Invitation, Tour
from beffroi.achat.tours.queries import limite_de
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.errors import SansEntreprise
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.queries import equipes_de, membres_de
from beffroi.personnes.entreprises.rules import identite_d_un_membre
from beffroi.reponse.depots import acces, lectures, limits, rules
from beffroi.reponse.depots.contestations import (
    contestations_en_cours,
    plis_contestes,
    retrait_conteste,
)
from beffroi.reponse.depots.lectures import AVEC_TOUT
from beffroi.reponse.depots.models import (
    BrouillonDeReponse,
    DepotMateriel,
    Enveloppe,
    FichierScelle,
    PartieRecue,
    Pli,
    SoumissionnaireDit,
)
from beffroi.reponse.depots.paquets import quelques_uns_a_la_fois
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte, exiger
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.requetes import la_premiere, prete
from beffroi.socle.fondations.stockage import Envoi, Partie, stockage
from beffroi.socle.guichet.lecture import lu_une_fois
from sceau.profile import part_sizes

# Un pli en a une par lot, au plus deux sortes : ses manifestes se lisent avec elles.
SES_ENVELOPPES = (
    Prefetch("enveloppes", Enveloppe.objects.select_related("manifeste")),
    "enveloppes__fichiers",
)


@dataclass(frozen=True)
class LigneDuRegistre:
    """Une ligne du registre des dépôts, électronique ou matériel."""

    reference: str
    sorte: str
    deposant: str
    identifiant: str
    lots: tuple[int, ...]
    recu_le: datetime
    hors_delai: bool
    etat: str
    remplace: str
    preuve: str
    nombre_de_fichiers: int
    taille: int
    pli: Pli | None = None
    depot_materiel: DepotMateriel | None = None


def reponse_pour(utilisateur: Utilisateur, reference: str) -> BrouillonDeReponse:
    """La réponse en préparation, pour qui peut la voir."""
    if not utilisateur.est_actif:
        raise Introuvable()
    brouillon = la_premiere(lectures.reponse_nommee(utilisateur, reference, maintenant()))
    if brouillon is None:
        raise Introuvable()
    return brouillon


def fichier_pour(utilisateur: Utilisateur, reference: str) -> FichierScelle:
    """Un fichier scellé d'une réponse que la personne peut voir."""
    fichiers = FichierScelle.objects.select_related("brouillon__consultation")
    fichier = fichiers.filter(
        reference=reference, brouillon__in=acces.reponses_de(utilisateur)
    ).first()
    if fichier is None:
        raise Introuvable()
    return fichier


def fichiers_de(
    brouillon: BrouillonDeReponse, references: Sequence[str]
) -> dict[str, FichierScelle]:
    """Des fichiers de cette réponse, par leur référence.

    Un seul qui manque, et rien n'est rendu.
    """
    trouves = {
        fichier.reference: fichier
        for fichier in brouillon.fichiers.filter(reference__in=references)
    }
    if set(trouves) != set(references):
        raise Introuvable()
    return trouves


def pli_pour(utilisateur: Utilisateur, reference: str) -> Pli:
    """Un pli déposé, pour l'équipe qui l'a déposé."""
    pli = acces.plis_de(utilisateur).select_related(*AVEC_TOUT).filter(reference=reference).first()
    if pli is None:
        raise Introuvable()
    return pli


def recepisse_pour(utilisateur: Utilisateur, reference: str) -> Pli:
    """Un récépissé, pour l'équipe qui a déposé, et toujours pour la personne qui l'a fait."""
    lisibles = acces.plis_lisibles(utilisateur).select_related(*AVEC_TOUT)
    pli = lisibles.filter(reference=reference).first()
    if pli is None:
        raise Introuvable()
    return pli


def invitations_sans_reponse(utilisateur: Utilisateur, *, le: datetime) -> QuerySet[Invitation]:
    """Les tours d'offres ouverts où l'entreprise n'a encore rien
    commencé, le plus pressé d'abord.
    """
    if not utilisateur.est_actif:
        return Invitation.objects.none()
    return lectures.sans_reponse(utilisateur, le)


def reponses_en_preparation(utilisateur: Utilisateur) -> QuerySet[BrouillonDeReponse]:
    """Les réponses dont aucun pli n'est né, ou dont le pli est né d'une autre version :
    les plus récentes d'abord.
    """
    if not utilisateur.est_actif:
        return BrouillonDeReponse.objects.none()
    return lectures.en_preparation(utilisateur, maintenant())


def plis_deposes(utilisateur: Utilisateur) -> QuerySet[Pli]:
    """Les plis de ses équipes, le plus récent d'abord."""
    if not utilisateur.est_actif:
        return Pli.objects.none()
    return lectures.plis_deposes(utilisateur, maintenant())


def reponses_a(consultation: Consultation, utilisateur: Utilisateur) -> list[BrouillonDeReponse]:
    """Les réponses que la personne peut reprendre pour cette
    consultation, la plus récente d'abord.
    """
    siennes = acces.reponses_de(utilisateur).filter(consultation=consultation)
    return list(siennes.select_related("commence_par").order_by("-commence_le"))


def plis_de_la_consultation(consultation: Consultation, utilisateur: Utilisateur) -> list[Pli]:
    """Ce que son entreprise y a déjà déposé, et qui compte encore."""
    return list(plis_deposes(utilisateur).filter(consultation=consultation, etat=Pli.Etat.DEPOSE))


def envoyees_mais_non_deposees(utilisateur: Utilisateur) -> QuerySet[BrouillonDeReponse]:
    """Le danger n° 1 : des fichiers reçus, et rien de déposé."""
    return reponses_en_preparation(utilisateur).filter(premier_octet_le__isnull=False)


def membre_qui_repond(utilisateur: Utilisateur, identifiant: str = "") -> Membre:
    """L'équipe avec laquelle une personne répond :
    celle de l'établissement qu'elle nomme, ou la seule.

    De deux équipes du même établissement, celle qui l'a reconnue."""
    membres = membres_de(utilisateur)
    if identifiant:
        membres = membres.filter(equipe__identifiant=identifiant)
    trouves = list(membres)
    if not trouves:
        raise SansEntreprise()
    if len({membre.equipe.identifiant for membre in trouves}) > 1:
        raise RegleEnfreinte(
            "Votre compte est rattaché à plusieurs établissements : indiquez celui qui répond."
        )
    return trouves[0]


def parties_durables(fichier: FichierScelle) -> tuple[Partie, ...]:
    return parties_durables_de([fichier])[fichier]


def parties_durables_de(
    fichiers: Sequence[FichierScelle],
) -> dict[FichierScelle, tuple[Partie, ...]]:
    """Ce qui est durable, et rien d'autre :
    notre liste si elle est entière, celle du stockage s'il en tient une.
    """
    notees: dict[int, list[Partie]] = {fichier.pk: [] for fichier in fichiers}
    for p in PartieRecue.objects.filter(fichier__in=fichiers):
        notees[p.fichier_id].append(
            Partie(numero=p.numero, taille=p.taille, sha256=p.sha256, recue_le=p.recue_le)
        )
    incomplets = [f for f in fichiers if len(notees[f.pk]) != len(part_sizes(f.taille))]
    envois = [Envoi(f.cle_de_stockage, f.televersement) for f in incomplets]
    durables = {fichier: tuple(notees[fichier.pk]) for fichier in fichiers}
    for fichier, tenues in zip(
        incomplets, quelques_uns_a_la_fois(stockage().parties, envois), strict=True
    ):
        if tenues is not None:
            durables[fichier] = avec_les_annonces(fichier, tenues)
    return durables


def avec_les_annonces(fichier: FichierScelle, tenues: tuple[Partie, ...]) -> tuple[Partie, ...]:
    """Tous les services S3 ne redisent pas l'empreinte qu'ils ont vérifiée :
    c'est alors celle que nous avons signée.
    """
    if all(partie.sha256 for partie in tenues):
        return tenues
    annonces = dict(fichier.annonces.values_list("numero", "sha256"))
    return tuple(
        partie if partie.sha256 else replace(partie, sha256=annonces[partie.numero])
        for partie in tenues
        if partie.sha256 or partie.numero in annonces
    )


def occupation(brouillon: BrouillonDeReponse) -> tuple[int, int]:
    """Le nombre de fichiers d'une réponse et leur taille en clair, manifestes exclus."""
    fichiers = brouillon.fichiers.exclude(nom=limits.NOM_DU_MANIFESTE).filter(ecarte_le=None)
    return fichiers.count(), fichiers.aggregate(somme=Sum("taille_claire"))["somme"] or 0


def expiration(brouillon: BrouillonDeReponse) -> datetime:
    """Quand le brouillon sera effacé :
    trente jours après la date limite, ou après son début s'il est plus tardif.
    """
    limite = brouillon.date_limite
    garde = timedelta(days=limits.JOURS_DE_GARDE_D_UN_BROUILLON)
    return max(brouillon.expire_le, limite + garde) if limite else brouillon.expire_le


def soumissionnaire(pli: Pli) -> rules.Soumissionnaire:
    """Un SIREN seul, ou celui du mandataire et son groupement."""
    return rules.Soumissionnaire(
        f"{pli.equipe.pays}:{pli.equipe.numero_d_entreprise}", cotraitants(pli.groupement)
    )


def cotraitants(groupement: Mapping[str, Any]) -> frozenset[str]:
    """Les autres entreprises du groupement : un SIRET et le SIREN qu'il porte n'en font qu'une."""
    return frozenset(
        identite_d_un_membre(membre["identifiant"]) for membre in groupement.get("membres", [])
    )


def faits(plis: Iterable[Pli], *, date_limite: datetime) -> list[rules.FaitsDuPli]:
    """Les faits que les règles regardent.

    La date limite est celle d'aujourd'hui : un report reclasse.
    """
    plis = list(plis)
    agit_pour, contestes = acces.equipes_des_deposants(plis), plis_contestes(plis)
    return [
        rules.FaitsDuPli(
            reference=pli.reference,
            soumissionnaire=soumissionnaire(pli),
            recu_le=pli.recu_le,
            dans_les_delais=rules.recevabilite_du_pli(
                recu_le=pli.recu_le, date_limite=date_limite
            ).favorable,
            retire=pli.etat == Pli.Etat.RETIRE,
            enveloppes=frozenset((e.sorte, e.lot) for e in pli.enveloppes.all()),
            equipe=pli.equipe.reference,
            agit_pour=agit_pour[pli.reference],
            conteste=pli.pk in contestes,
        )
        for pli in plis
    ]


def plis_de(consultation: Consultation, tour: Tour | None = None) -> QuerySet[Pli]:
    """Les plis d'un tour d'offres ; sans tour, ceux du premier temps :
    les candidatures, ou les réponses entières.
    """
    plis = Pli.objects.filter(consultation=consultation, tour=tour).select_related(*AVEC_TOUT)
    return plis.prefetch_related(*SES_ENVELOPPES)


@lu_une_fois
def plis_du_temps(consultation: Consultation, tour: Tour | None = None) -> list[Pli]:
    """Les mêmes, lus."""
    return list(_plis_du_temps(consultation, tour))


@prete
def _plis_du_temps(consultation: Consultation, tour: Tour | None) -> QuerySet[Pli]:
    return plis_de(consultation, tour)


def precedents(brouillon: BrouillonDeReponse, par: Utilisateur) -> QuerySet[Pli]:
    """Ce que la même entreprise a déjà déposé là, et sur quoi cette personne agit."""
    siens = plis_de(brouillon.consultation, brouillon.tour).filter(
        equipe__numero_d_entreprise=brouillon.equipe.numero_d_entreprise,
        equipe__pays=brouillon.equipe.pays,
    )
    return siens.filter(equipe__in=equipes_de(par))


@prete
def plis_connus(consultation: Consultation, *, le: datetime) -> QuerySet[Pli]:
    """Les plis que l'acheteur peut connaître :
    ceux dont l'heure limite est passée, de tous les tours.
    """
    plis = Pli.objects.filter(Q(tour=None) | Q(tour__date_limite__lt=le), consultation=consultation)
    return plis.select_related(*AVEC_TOUT).prefetch_related(*SES_ENVELOPPES)


@lu_une_fois
def plis_proposes(consultation: Consultation, tour: Tour | None = None) -> list[Pli]:
    """Les plis proposés à l'ouverture (CCP, art. R. 2151-6 ; concessions : CE, n° 454801).

    Chacun porte `places_proposees`, celles de ses enveloppes qui comptent, `avertissement`,
    `contestation`, s'il y en a une, et `en_question` : l'acheteur doit dire d'abord s'il a deux
    soumissionnaires.
    """
    if consultation.date_limite_remise is None:
        return []
    limite = limite_de(consultation, tour)
    plis = {pli.reference: pli for pli in plis_du_temps(consultation, tour)}
    propositions = rules.plis_a_proposer(
        faits(plis.values(), date_limite=limite),
        concession=consultation.est_concession,
        dits=soumissionnaires_dits(consultation, tour),
    )
    contestations = {une.pli_id: une for une in contestations_en_cours(consultation)}
    for proposition in propositions:
        pli = plis[proposition.reference]
        pli.places_proposees = proposition.enveloppes
        pli.en_question = proposition.en_question
        pli.contestation = contestations.get(pli.pk)
        pli.avertissement = proposition.avertissement or retrait_conteste(pli)
    return [plis[proposition.reference] for proposition in propositions]


def soumissionnaires_dits(
    consultation: Consultation, tour: Tour | None = None
) -> dict[frozenset[str], bool]:
    """Ce que l'acheteur a dit d'équipes qui disent la même entreprise, pour ce temps."""
    return {
        frozenset(dit.equipes): dit.un_seul for dit in soumissionnaires_dits_de(consultation, tour)
    }


def soumissionnaires_dits_de(
    consultation: Consultation, tour: Tour | None = None
) -> QuerySet[SoumissionnaireDit]:
    dits = SoumissionnaireDit.objects.filter(consultation=consultation, tour=tour)
    return dits.select_related("dit_par").order_by("pk")


def plis_en_question(consultation: Consultation, tour: Tour | None = None) -> list[list[Pli]]:
    """Entreprise par entreprise, les plis d'équipes qui s'ignorent, ou dont une conteste."""
    # Presque toujours, une entreprise a une équipe, et nul n'y conteste : on ne relit aucun pli.
    par_entreprise = (
        Pli.objects.filter(consultation=consultation, tour=tour)
        .order_by()
        .values("equipe__pays", "equipe__numero_d_entreprise")
        .annotate(n=Count("equipe", distinct=True))
    )
    en_cours = contestations_en_cours(consultation).filter(pli__tour=tour)
    if not par_entreprise.filter(n__gt=1).exists() and not en_cours.exists():
        return []
    groupes: dict[rules.Soumissionnaire, list[Pli]] = {}
    for pli in plis_proposes(consultation, tour):
        if pli.en_question:
            groupes.setdefault(soumissionnaire(pli), []).append(pli)
    return list(groupes.values())


def plis_en_question_avec(pli: Pli) -> list[Pli]:
    """Ceux dont il faut dire, avant de l'ouvrir, s'ils sont du même soumissionnaire que lui."""
    groupes = plis_en_question(pli.consultation, pli.tour)
    return next((plis for plis in groupes if pli in plis), [])


def enveloppes_proposees(consultation: Consultation, tour: Tour | None = None) -> list[Enveloppe]:
    """Les enveloppes qui comptent, pli par pli ;
    leur `pli` porte l'avertissement de `plis_proposes`.
    """
    return [
        enveloppe
        for pli in plis_proposes(consultation, tour)
        for enveloppe in pli.enveloppes.all()
        if (enveloppe.sorte, enveloppe.lot) in pli.places_proposees
    ]


def plis_hors_delai(consultation: Consultation, tour: Tour | None = None) -> list[Pli]:
    """Les plis reçus après la date limite, retirés exclus : à part, avec leurs preuves."""
    if consultation.date_limite_remise is None:
        return []
    limite = limite_de(consultation, tour)
    return [
        pli
        for pli in plis_du_temps(consultation, tour)
        if pli.recu_le > limite and pli.etat != Pli.Etat.RETIRE
    ]


def registre_des_depots(
    consultation: Consultation, *, le: datetime | None = None
) -> list[LigneDuRegistre]:
    """Le registre des dépôts.

    L'acheteur n'en voit rien, pas même le nombre, avant la date limite de chaque temps.
    """
    le = le or maintenant()
    exiger(rules.peut_rendre_le_scelle(le=le, date_limite=consultation.date_limite_remise, etat=""))
    limite = consultation.limite
    lignes = [
        ligne_du_pli(pli, date_limite=pli.limite_actuelle)
        for pli in plis_connus(consultation, le=le)
    ]
    materiels = lectures.materiels(consultation)
    lignes += [ligne_du_depot_materiel(depot, date_limite=limite) for depot in materiels]
    return sorted(lignes, key=lambda ligne: ligne.recu_le)


def ligne_du_pli(pli: Pli, *, date_limite: datetime) -> LigneDuRegistre:
    fichiers = [
        fichier for enveloppe in pli.enveloppes.all() for fichier in enveloppe.fichiers.all()
    ]
    return LigneDuRegistre(
        reference=pli.reference,
        sorte=f"{pli.tour.nom}, électronique" if pli.tour else "Réponse électronique",
        deposant=pli.equipe.nom,
        identifiant=pli.equipe.identifiant,
        lots=tuple(pli.lots),
        recu_le=pli.recu_le,
        hors_delai=pli.recu_le > date_limite,
        etat=pli.get_etat_display(),
        remplace=pli.remplace.reference if pli.remplace else "",
        preuve=f"Écriture n° {pli.ecriture}",
        nombre_de_fichiers=len(fichiers),
        taille=sum(fichier.taille for fichier in fichiers),
        pli=pli,
    )


def ligne_du_depot_materiel(depot: DepotMateriel, *, date_limite: datetime) -> LigneDuRegistre:
    return LigneDuRegistre(
        reference=f"M-{depot.pk}",
        sorte=depot.get_sorte_display(),
        deposant=depot.deposant,
        identifiant="",
        lots=(depot.lot,) if depot.lot else (),
        recu_le=depot.recu_le,
        hors_delai=depot.recu_le > date_limite,
        etat="Reçu",
        remplace="",
        preuve=depot.preuve,
        nombre_de_fichiers=0,
        taille=0,
        depot_materiel=depot,
    )


def plis_que_ce_depot_remplacera(
    brouillon: BrouillonDeReponse, par: Utilisateur, *, le: datetime
) -> list[Pli]:
    """« Ce dépôt remplacera celui de 10:12:31 » :
    les plis encore déposés sur lesquels cette personne agit, si l'heure le permet.
    """
    consultation = brouillon.consultation
    limite = brouillon.date_limite
    if consultation.est_concession or limite is None or le > limite:
        return []
    siens = list(precedents(brouillon, par).filter(etat=Pli.Etat.DEPOSE))
    contestes, groupement = plis_contestes(siens), cotraitants(brouillon.groupement)
    memes = [
        pli
        for pli in siens
        if pli.pk not in contestes and cotraitants(pli.groupement) == groupement
    ]
    return [pli for pli in memes if not pli.lots or set(pli.lots) & set(brouillon.lots)]


def fin_de_transmission(fichiers: Iterable[FichierScelle]) -> datetime | None:
    """L'instant où la dernière partie de ces fichiers est devenue durable."""
    fin = PartieRecue.objects.filter(fichier__in=list(fichiers)).aggregate(fin=Max("recue_le"))[
        "fin"
    ]
    return fin if isinstance(fin, datetime) else None


def fichiers_sans_pli() -> QuerySet[FichierScelle]:
    """Les fichiers qu'aucun pli ne contient."""
    manifestes = Pli.objects.values("enveloppes__manifeste").exclude(enveloppes__manifeste=None)
    return FichierScelle.objects.filter(enveloppes=None).exclude(pk__in=manifestes)
