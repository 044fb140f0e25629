"""Une consultation publiée, vue par l'acheteur :
elle ne change plus que par des actes que tout le monde voit.
"""

from datetime import datetime

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from beffroi.achat.consultations import ouvreurs, ports, queries, services
from beffroi.achat.consultations.ecrans.forms import SansSuiteForm
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.permissions import ACTES
from beffroi.achat.consultations.queries import presentation
from beffroi.achat.consultations.rules import publication as rules
from beffroi.achat.consultations.states import Etat
from beffroi.personnes.comptes.decorateurs import connexion_requise
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.actes import rendre
from beffroi.socle.guichet.champs.dates import en_jour_et_heure
from beffroi.socle.guichet.formulaires import ProlongationForm
from beffroi.socle.guichet.lecture import lecture
from beffroi.socle.journal.cycles import actes_possibles

_REGLEMENT_DEPASSE = (
    "Le règlement en ligne dit encore l'ancienne heure limite. Préparez un règlement à jour, "
    "à « Changer le dossier »."
)


@connexion_requise
@require_safe
@lecture()
def suivre(request: HttpRequest, reference: str) -> HttpResponse:
    instant = maintenant()
    consultation = queries.consultation_pour(request.user, reference, "voir", instant)
    if consultation.etat in queries.NON_PUBLIEES:
        return redirect("consultations:preparer", reference)
    prefetch_related_objects([consultation], "changements")
    habilitation = habilitation_dans(request.user, consultation.organisme, instant)
    contexte = {
        "consultation": consultation,
        "limite": consultation.date_limite_remise,
        "etat": presentation.etat_affiche(consultation, instant),
        "dates": presentation.calendrier(consultation, instant),
        **_dossier(consultation, habilitation, le=instant),
        **_qui_ouvre(consultation, le=instant),
        **_publication(consultation, le=instant),
        **_acte_qui_vient(consultation, habilitation, le=instant),
        **_suites(consultation, habilitation),
        "questions": ports.questions_de(consultation),
        "echanges": ports.echanges_de(consultation, le=instant),
    }
    return render(request, "atelier/suivre.html", contexte)


def _dossier(
    consultation: Consultation, habilitation: Habilitation, *, le: datetime
) -> dict[str, object]:
    """Les documents publiés, leur histoire, et s'ils se changent encore."""
    ouverte = rules.peut_changer_un_document(
        etat=consultation.etat, limite=consultation.date_limite_remise, maintenant=le
    ).favorable
    return {
        "ouverte": ouverte,
        "peut_modifier": ouverte and permet(habilitation, "modifier_une_publiee", ACTES),
        "documents": presentation.documents_en_vigueur(consultation),
        "changements": list(consultation.changements.all()),
        "histoire": ports.histoire_du_dossier(consultation, a_l_acheteur=True),
    }


def _acte_qui_vient(
    consultation: Consultation, habilitation: Habilitation, *, le: datetime
) -> dict[str, object]:
    """Ce que la page met en avant : ouvrir ce qui est scellé ;
    sinon, en deux temps, ce qui suit les candidatures.
    """
    suite = ports.suite_de_la_procedure(consultation, le=le)
    decide = suite.geste and permet(habilitation, "modifier_une_publiee", ACTES)
    geste, url = (
        (suite.geste, suite.url) if decide else presentation.acte_de_l_ouverture(consultation, le)
    )
    apres = ports.suites_de_l_ouverture(consultation, le=le)
    return {"suite": suite, "geste": geste, "url_du_geste": url, "apres_ouverture": apres}


def _suites(consultation: Consultation, habilitation: Habilitation) -> dict[str, object]:
    """Renoncer, si l'état et le rôle le permettent ; refaire le même achat, pour qui rédige."""
    renonce = "declarer_sans_suite" in actes_possibles(consultation.CYCLE, consultation.etat)
    return {
        "peut_renoncer": renonce and permet(habilitation, "declarer_sans_suite", ACTES),
        "peut_refaire": permet(habilitation, "rediger", ACTES)
        and consultation.organisme.peut_creer_des_consultations,
    }


def _publication(consultation: Consultation, *, le: datetime) -> dict[str, object]:
    return {
        "en_retard": rules.est_en_retard(
            prevue_le=consultation.publication_prevue_le, publiee_le=consultation.publiee_le
        ),
        "publicite": ports.publicite_de(consultation, le=le),
        "repetition": ports.repetition_de(consultation, le=le),
    }


def _qui_ouvre(consultation: Consultation, *, le: datetime) -> dict[str, object]:
    """Où en est la clé de chaque personne tant que l'ouverture attend ; ensuite, leurs noms."""
    if consultation.etat not in (Etat.PUBLIEE, Etat.CLOSE):
        membres = queries.membres_de(consultation)
        return {"attend_l_ouverture": False, "designes": [m.utilisateur for m in membres]}
    designes = ouvreurs.ouvreurs_de([consultation], le)[consultation.pk]
    return {
        "attend_l_ouverture": True,
        "ouvreurs": designes,
        "phrase_des_ouvreurs": ouvreurs.phrase(designes),
        "assez_d_ouvreurs": ouvreurs.suffisent(consultation, designes),
    }


@connexion_requise
@require_http_methods(["GET", "POST"])
def prolonger(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(
        request.user, reference, "prolonger_le_delai", maintenant()
    )
    form = ProlongationForm(
        request.POST or None, initial=en_jour_et_heure("limite", consultation.date_limite_remise)
    )
    if request.method == "POST" and form.is_valid():
        services.prolonger_le_delai(
            consultation=consultation,
            nouvelle=form.cleaned_data["limite"],
            motif=form.cleaned_data["motif"],
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        messages.success(request, "Le délai est prolongé, pour tout le monde à la fois.")
        if ports.histoire_du_dossier(consultation, a_l_acheteur=True).reglement_depasse:
            messages.warning(request, _REGLEMENT_DEPASSE)
        return redirect("consultations:suivre", reference)
    contexte = {"consultation": consultation, "form": form}
    return rendre(request, "atelier/prolonger.html", contexte)


@connexion_requise
@require_http_methods(["GET", "POST"])
def sans_suite(request: HttpRequest, reference: str) -> HttpResponse:
    consultation = queries.consultation_pour(
        request.user, reference, "declarer_sans_suite", maintenant()
    )
    form = SansSuiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and "confirme" in request.POST:
        services.declarer_sans_suite(
            consultation=consultation,
            motif=form.cleaned_data["motif"],
            par=request.user.acteur,
            maintenant=maintenant(),
        )
        messages.success(request, "La consultation est déclarée sans suite.")
        return redirect("consultations:suivre", reference)
    a_confirmer = request.method == "POST" and form.is_valid()
    contexte = {"consultation": consultation, "form": form, "a_confirmer": a_confirmer}
    return rendre(request, "atelier/sans_suite.html", contexte)
