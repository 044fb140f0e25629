"""Proposer, écarter, retenir : ce qui attend, et qui tranche."""

from datetime import UTC, datetime

import pytest

from beffroi.centre.propositions import a_faire, queries, services
from beffroi.centre.propositions.models import Proposition
from beffroi.personnes.organismes.models import Habilitation
from beffroi.socle.fondations.erreurs import ConflitEtat, Introuvable, RegleEnfreinte
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
LE = datetime(2027, 5, 3, 8, tzinfo=UTC)
DEMANDE = services.Demande(
    acte="impaye.finir",
    sujet="IM-22222222",
    siret="21620153300017",
    titre="Mettre fin à la convention",
    page="/cdg/impayes/IM-22222222/fin/",
    motif="Deux ans de retard.",
)


def proposee(par) -> Proposition:
    return services.proposer(demande=DEMANDE, par=par, maintenant=LE)


def habilitations(qui) -> list[Habilitation]:
    return list(Habilitation.objects.select_related("organisme").filter(utilisateur=qui))


def test_proposer_ne_fait_qu_une_ligne_et_une_ecriture(fanny):
    proposee(fanny)

    assert [p.titre for p in queries.ouvertes()] == ["Mettre fin à la convention"]
    assert Ecriture.objects.filter(acte="proposition.proposer", sujet="IM-22222222").count() == 1


def test_proposer_sans_dire_pourquoi_se_refuse(fanny):
    muette = services.Demande(**{**vars(DEMANDE), "motif": "  "})

    with pytest.raises(RegleEnfreinte, match="Écrivez pourquoi"):
        services.proposer(demande=muette, par=fanny, maintenant=LE)


def test_ecartee_elle_dit_pourquoi_et_se_repropose(fanny, olivier):
    services.ecarter(proposition=proposee(fanny), motif="Trop tôt.", par=olivier, maintenant=LE)

    assert (queries.tranchees().get().motif_d_ecart, len(queries.ouvertes())) == ("Trop tôt.", 0)
    assert proposee(fanny).est_ouverte


def test_qui_l_a_proposee_peut_la_reprendre(fanny):
    proposition = services.ecarter(
        proposition=proposee(fanny), motif="Erreur de commune.", par=fanny, maintenant=LE
    )

    assert proposition.issue == "ecartee"


def test_tranchee_elle_ne_s_ecarte_plus(fanny, olivier):
    proposition = proposee(fanny)
    services.retenue(acte="impaye.finir", sujet="IM-22222222", par=olivier, maintenant=LE)

    with pytest.raises(ConflitEtat, match="vient d'en décider"):
        services.ecarter(proposition=proposition, motif="Non.", par=fanny, maintenant=LE)
    with pytest.raises(Introuvable):
        queries.proposition_ouverte(proposition.reference)


def test_ecartee_pendant_que_l_autre_attendait_le_verrou_elle_ne_se_decide_plus(
    fanny, olivier, monkeypatch
):
    proposee(fanny)
    verrouiller = services.verrouiller
    ecartee = {
        "issue": "ecartee",
        "motif_d_ecart": "Attendons.",
        "tranchee_par": fanny,
        "tranchee_le": LE,
    }

    def apres_l_autre(proposition, **options):
        Proposition.objects.filter(pk=proposition.pk).update(**ecartee)
        return verrouiller(proposition, **options)

    monkeypatch.setattr(services, "verrouiller", apres_l_autre)
    with pytest.raises(ConflitEtat, match="vient d'en décider"):
        services.retenue(acte="impaye.finir", sujet="IM-22222222", par=olivier, maintenant=LE)
    assert Proposition.objects.get().issue == "ecartee"


def test_a_faire_l_annonce_a_qui_decide_et_jamais_a_qui_propose(fanny, olivier):
    proposee(fanny)
    vus = {
        qui.nom: [g.url for g in a_faire.propositions_a_decider(habilitations(qui), le=LE)]
        for qui in (fanny, olivier)
    }

    assert vus == {fanny.nom: [], olivier.nom: [DEMANDE.page]}
    Habilitation.objects.filter(utilisateur=fanny).update(roles=["ordonnateur"])
    assert list(a_faire.propositions_a_decider(habilitations(fanny), le=LE)) == []


def test_rien_a_decider_ne_lit_rien(fanny, django_assert_num_queries):
    siennes = habilitations(fanny)
    with django_assert_num_queries(0):
        assert a_faire.ouvertes(siennes, le=LE) == []
        assert list(a_faire.propositions_a_decider(siennes, le=LE)) == []
