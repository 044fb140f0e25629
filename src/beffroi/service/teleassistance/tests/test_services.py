"""Accepter, rejoindre, montrer, finir ; ce que le journal en garde, ce qui s'efface."""

from datetime import timedelta

import pytest

from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.service.assistance.services.demandes import Personne, Saisie, demander
from beffroi.service.teleassistance import codes, rules, taches
from beffroi.service.teleassistance.models import CodeFaux, Cote, Partage, Signal
from beffroi.service.teleassistance.services import partages, signaux
from beffroi.service.teleassistance.tests.theatre import consentir, martine, rejoindre, samir
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
OFFRE = '{"sdp": "v=0 192.0.2.17"}'


def actes(partage):
    return list(
        Ecriture.objects.filter(sujet=partage.reference)
        .order_by("pk")
        .values_list("acte", flat=True)
    )


def test_de_l_accord_a_la_fin_chaque_fait_est_au_journal():
    partage = consentir(martine())
    partage = rejoindre(partage, samir(), le=LUNDI + MINUTE)
    partages.montrer(partage=partage, maintenant=LUNDI + 2 * MINUTE)
    fini = partages.terminer(
        partage=partage,
        cote=Cote.PERSONNE,
        par=partage.personne.acteur,
        maintenant=LUNDI + 5 * MINUTE,
    )

    assert (fini.etat, fini.fini_par) == ("termine", "personne")
    assert actes(partage) == [
        "partage.consentir",
        "partage.rejoindre",
        "partage.montrer",
        "partage.terminer",
    ]
    assert '"montre_s":180' in Ecriture.objects.get(acte="partage.terminer").contenu


def test_l_accord_garde_l_empreinte_du_texte_accepte():
    partage = consentir(martine())

    assert partage.texte_accepte == rules.empreinte_du_texte()
    assert rules.empreinte_du_texte() in str(Ecriture.objects.get(acte="partage.consentir").contenu)


def test_le_code_n_est_ecrit_nulle_part():
    partage = consentir(martine())
    code = codes.code_de(partage.reference)

    assert code not in str(Partage.objects.filter(pk=partage.pk).values().get())
    assert code not in str(Ecriture.objects.get(sujet=partage.reference).contenu)
    assert code == codes.code_de(partage.reference)


def test_le_code_ne_sert_qu_une_fois():
    partage, fanny = consentir(martine()), agent(centre(), "Fanny Technicienne", "technicien")
    rejoindre(partage, samir())

    assert (
        partages.rejoindre(code=codes.code_de(partage.reference), par=fanny, maintenant=LUNDI)
        is None
    )


def test_le_code_ne_vaut_plus_apres_dix_minutes():
    partage, technicien = consentir(martine()), samir()
    code = codes.code_de(partage.reference)

    assert partages.rejoindre(code=code, par=technicien, maintenant=LUNDI + 10 * MINUTE) is None
    juste_avant = LUNDI + 10 * MINUTE - timedelta(seconds=1)
    assert partages.rejoindre(code=code, par=technicien, maintenant=juste_avant).pk == partage.pk


def test_apres_cinq_codes_faux_meme_le_bon_attend():
    partage, technicien = consentir(martine()), samir()
    bon = codes.code_de(partage.reference)
    faux = f"{(int(bon) + 1) % 10**6:06d}"
    for _ in range(5):
        assert partages.rejoindre(code=faux, par=technicien, maintenant=LUNDI) is None

    with pytest.raises(RegleEnfreinte, match="Attendez dix minutes"):
        partages.rejoindre(code=bon, par=technicien, maintenant=LUNDI + MINUTE)
    taches.expirer(LUNDI + 10 * MINUTE)
    assert not CodeFaux.objects.exists()


def test_deux_personnes_qui_attendent_n_ont_pas_le_meme_code(monkeypatch):
    premier = consentir()
    references = iter([premier.reference, "TA-UNEAUTRE"])
    monkeypatch.setattr(partages, "reference_de_partage", lambda: next(references))

    assert consentir().reference == "TA-UNEAUTRE"


def test_le_second_remplace_le_premier():
    personne = martine()
    premier = rejoindre(consentir(personne), samir())
    second = consentir(personne, le=LUNDI + MINUTE)

    premier.refresh_from_db()
    assert (premier.etat, premier.fini_par, second.etat) == ("remplace", "personne", "consenti")


def test_sans_compte_le_second_de_la_meme_demande_remplace_le_premier():
    saisie = Saisie(texte="Rien ne s'ouvre", cle="k")
    demande = demander(
        saisie=saisie, personne=Personne(courriel="o@x.example"), canal="web", maintenant=LUNDI
    )
    premier, autre = consentir(demande=demande), consentir()
    consentir(demande=demande)

    assert Partage.objects.get(pk=premier.pk).etat == "remplace"
    assert Partage.objects.get(pk=autre.pk).etat == "consenti"


def test_la_seconde_fin_ne_change_rien():
    partage = rejoindre(consentir(martine()), samir())
    partages.couper(
        partage=partage, cote=Cote.CENTRE, par=partage.rejoint_par.acteur, maintenant=LUNDI
    )
    partages.terminer(
        partage=partage, cote=Cote.PERSONNE, par=partage.personne.acteur, maintenant=LUNDI + MINUTE
    )

    assert Partage.objects.get().etat == "coupe"
    assert actes(partage)[-1] == "partage.couper"


def test_elle_peut_ne_rien_montrer():
    partage = rejoindre(consentir(martine()), samir())

    assert partages.refuser(partage=partage, maintenant=LUNDI).etat == "refuse"


def test_choisir_un_autre_ecran_n_est_pas_un_second_debut():
    partage = rejoindre(consentir(martine()), samir())
    partages.montrer(partage=partage, maintenant=LUNDI)
    partages.montrer(partage=partage, maintenant=LUNDI + MINUTE)

    assert Partage.objects.get().montre_le == LUNDI
    assert actes(partage).count("partage.montrer") == 1


def test_un_partage_oublie_finit_de_lui_meme():
    attendu, dure = consentir(), rejoindre(consentir(martine()), samir())
    taches.expirer(LUNDI + 10 * MINUTE)
    assert Partage.objects.get(pk=attendu.pk).etat == "expire"
    assert Partage.objects.get(pk=dure.pk).etat == "rejoint"

    taches.expirer(LUNDI + timedelta(hours=2))
    assert Partage.objects.get(pk=dure.pk).fini_par == "plateforme"


def test_les_signaux_s_effacent_a_la_fin_et_le_journal_ne_les_voit_pas():
    partage = rejoindre(consentir(martine()), samir())
    signaux.signaler(partage=partage, cote=Cote.PERSONNE, genre="offre", corps=OFFRE)
    assert Signal.objects.count() == 1
    partages.couper(
        partage=partage, cote=Cote.PERSONNE, par=partage.personne.acteur, maintenant=LUNDI
    )

    assert not Signal.objects.exists()
    assert not any("192.0.2.17" in str(ecriture.contenu) for ecriture in Ecriture.objects.all())


def test_le_navigateur_qui_recommence_efface_ce_qui_s_est_dit():
    partage = rejoindre(consentir(martine()), samir())
    signaux.signaler(partage=partage, cote=Cote.PERSONNE, genre="offre", corps=OFFRE)
    signaux.signaler(partage=partage, cote=Cote.CENTRE, genre="pret", corps="{}")

    assert [signal.genre for signal in Signal.objects.all()] == ["pret"]


def test_hors_d_un_partage_a_deux_aucun_signal_ne_passe():
    partage = consentir(martine())
    with pytest.raises(ConflitEtat):
        signaux.signaler(partage=partage, cote=Cote.PERSONNE, genre="offre", corps=OFFRE)


def test_au_dela_de_soixante_quatre_signaux_il_faut_un_nouveau_code():
    partage = rejoindre(consentir(martine()), samir())
    Signal.objects.bulk_create(
        [
            Signal(partage=partage, cote=Cote.PERSONNE, genre="candidat", corps="{}")
            for _ in range(64)
        ]
    )
    with pytest.raises(RegleEnfreinte, match="nouveau code"):
        signaux.signaler(partage=partage, cote=Cote.PERSONNE, genre="candidat", corps="{}")
