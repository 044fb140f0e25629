"""Garder une recherche, inscrire ce qui paraît, l'annoncer une fois."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction

from beffroi.achat.consultations.events import ConsultationPubliee
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.procedures import RESERVEES
from beffroi.personnes.abonnements import jetons
from beffroi.personnes.abonnements import services as abonnements
from beffroi.personnes.abonnements.models import AdresseAbonnee, Suivi
from beffroi.publicite.alertes import courriels, queries
from beffroi.publicite.alertes.courriels import Section
from beffroi.publicite.alertes.models import ConsultationParue, Trouvaille
from beffroi.publicite.recherche import presentation
from beffroi.publicite.recherche.rules.requete import Recherche
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.services import ecrire_courriel
from beffroi.socle.fondations.verrous import verrou_nomme
from formats.courriels import porte_une_adresse

VERROU_DES_ALERTES = 0x414C455254  # « ALERT » : deux ouvriers n'annoncent pas la même consultation
PARUES_PAR_RONDE = 200
TOUTES = "toutes les consultations"


def sujet_de(recherche: Recherche) -> abonnements.Sujet:
    """Une recherche est son adresse : l'empreinte la nomme, la page la garde."""
    empreinte = hashlib.sha256(recherche.ecrire().encode()).hexdigest()[:32]
    return abonnements.Sujet(
        cle=f"{queries.SUJETS}:{empreinte}",
        libelle=presentation.en_clair(recherche) or TOUTES,
        page=presentation.adresse(recherche),
    )


def garder(*, courriel: str, recherche: Recherche, cadence: str, maintenant: datetime) -> None:
    """Premier temps : écrit à l'adresse de quoi confirmer ;
    les limites sont celles des abonnements.

    Ce courriel dit la recherche à qui ne l'a peut-être pas faite : elle n'y mène pas ailleurs.
    """
    if porte_une_adresse(presentation.en_clair(recherche)):
        raise RegleEnfreinte(
            "Votre recherche contient une adresse ou un lien, que nos courriels ne citent pas. "
            "Retirez-le, et gardez les mots."
        )
    abonnements.demander(
        courriel=courriel, sujet=sujet_de(recherche), cadence=cadence, maintenant=maintenant
    )


def noter_la_publication(fait: ConsultationPubliee) -> None:
    """Abonné : dans la transaction qui publie, donc jamais sans elle, et jamais deux fois."""
    if Consultation.toutes.filter(
        reference=fait.reference, type_de_procedure__in=RESERVEES
    ).exists():
        return
    ConsultationParue.objects.get_or_create(
        reference=fait.reference, defaults={"parue_le": fait.le}
    )


@transaction.atomic
def chercher_qui_les_attend(*, le: datetime) -> int:
    """Ce qui vient de paraître, et qui l'attend :
    les trouvailles et la marque sont d'une seule transaction, courte.

    L'ouvrier meurt avant : rien n'est écrit. Après : rien n'est à refaire.
    Une publication validée tard n'est pas perdue : c'est sa marque qui compte, non son rang.
    """
    verrou_nomme(VERROU_DES_ALERTES)
    parues = {parue.reference: parue for parue in queries.en_attente()[:PARUES_PAR_RONDE]}
    fiches = queries.fiches_ouvertes(list(parues), le=le)
    trouvees = queries.trouvees_par_suivi(fiches, le=le) if fiches else {}
    Trouvaille.objects.bulk_create(
        [
            Trouvaille(suivi=suivi, parue=parues[fiche.reference], trouvee_le=le)
            for suivi, siennes in trouvees.items()
            for fiche in siennes
        ],
        batch_size=500,
    )
    point_de_panne("alertes.avant_marque")
    ConsultationParue.objects.filter(pk__in=[parue.pk for parue in parues.values()]).update(
        annoncee_le=le
    )
    point_de_panne("alertes.avant_validation")
    return len(parues)


@transaction.atomic
def ecrire_l_alerte(*, suivi: Suivi, maintenant: datetime) -> None:
    """Un courriel pour tout ce qu'une recherche vient de trouver ;
    il emporte ses trouvailles, ou ne part pas.
    """
    trouvailles = queries.trouvailles_de(suivi) if abonnements.prendre(suivi.adresse_id) else []
    if trouvailles:
        arret = jetons.lien_d_arret(suivi)
        pied = abonnements.pied(arret, jetons.lien_de_gestion(suivi.adresse))
        cle = f"{abonnements.CLES}{suivi.reference}:alerte:{trouvailles[-1].pk}"
        _ecrire(suivi.adresse, trouvailles, cle=cle, arret=arret, pied=pied, le=maintenant)


@transaction.atomic
def ecrire_le_resume(*, adresse: AdresseAbonnee, jusqu_a: datetime, maintenant: datetime) -> None:
    """Un courriel par jour et par adresse ;
    une trouvaille validée après le résumé attend celui de demain.
    """
    cle = abonnements.cle_du_resume(adresse, "alertes", jusqu_a)
    if not abonnements.prendre(adresse.pk) or abonnements.est_ecrit(cle):
        return
    arret = jetons.lien_d_arret_du_resume(adresse, [queries.SUJETS])
    pied = abonnements.pied_du_resume(adresse, [queries.SUJETS], arret)
    trouvailles = queries.trouvailles_du_jour(adresse, jusqu_a=jusqu_a)
    _ecrire(adresse, trouvailles, cle=cle, arret=arret, pied=pied, le=maintenant)


def _ecrire(
    adresse: AdresseAbonnee,
    trouvailles: Sequence[Trouvaille],
    *,
    cle: str,
    arret: str,
    pied: str,
    le: datetime,
) -> None:
    """Dit l'heure limite de maintenant, et tait ce qui n'est plus ouvert ;
    l'acte efface ce qu'il a dit.
    """
    sections = _sections(trouvailles, le=le)
    if sections:
        ecrire_courriel(
            cle=cle,
            destinataire=adresse.courriel,
            sujet=courriels.objet(sections),
            texte=courriels.texte(sections, pied=pied),
            maintenant=le,
            arret=arret,
        )
    point_de_panne("alertes.avant_effacement")
    Trouvaille.objects.filter(pk__in=[trouvaille.pk for trouvaille in trouvailles]).delete()


def _sections(trouvailles: Sequence[Trouvaille], *, le: datetime) -> list[Section]:
    ouvertes = queries.fiches_ouvertes(
        [trouvaille.parue.reference for trouvaille in trouvailles], le=le
    )
    sections = []
    for suivi, groupe in groupby(trouvailles, key=lambda trouvaille: trouvaille.suivi):
        references = {trouvaille.parue.reference for trouvaille in groupe}
        fiches = [fiche for fiche in ouvertes if fiche.reference in references]
        if fiches:
            sections.append(Section(suivi.libelle, suivi.page, fiches))
    return sections
