"""Composer une fois, envoyer souvent : la même requête, les mêmes lignes, quoi qu'on y mette."""

import threading
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import Count, Q
from django.utils import timezone

from beffroi.socle.fondations import requetes
from beffroi.socle.fondations.models import Courriel, Tache
from beffroi.socle.fondations.requetes import NeSePretePas, RequeteChangee, RequetePrete, prete
from beffroi.socle.fondations.requetes.formes import ENTIER_AU_PLUS, decrire

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]
INSTANT = datetime(2026, 12, 2, 9, 30, 15, 123456, tzinfo=UTC)


def une_tache(chemin="essai", **donnees):
    voulus = {"arguments": {}, "creee_le": INSTANT, "pas_avant": INSTANT}
    return Tache.objects.create(chemin=chemin, **{**voulus, **donnees})


def preparees(requete):
    return isinstance(requete._query, RequetePrete)


@prete
def de_chemin(chemin):
    return Tache.objects.filter(chemin=chemin).order_by("pk")


@prete
def parmi(cles, *, avant=None):
    taches = Tache.objects.filter(pk__in=cles).order_by("pk")
    return taches.filter(pas_avant__lte=avant) if avant else taches


# ---------------------------------------------------------------- les mêmes lignes


def test_le_deuxieme_appel_ne_compose_rien(monkeypatch):
    une, autre = une_tache("une"), une_tache("autre")
    assert list(de_chemin("une")) == [une]
    monkeypatch.setattr(requetes.requete.settings, "REQUETES_VERIFIEES", 0)
    monkeypatch.setattr(Tache.objects, "filter", None)

    assert list(de_chemin("autre")) == [autre]


@pytest.mark.parametrize(
    "texte", ["' OR 1=1 --", "%s", "%", "_", "\\", '"', "", " é ", "a%sb%%", "--", "; DROP TABLE x"]
)
def test_une_valeur_n_est_jamais_du_sql(texte):
    voulue = une_tache(texte)
    une_tache("une autre")

    assert list(de_chemin(texte)) == [voulue]


def test_un_instant_part_comme_django_l_envoie():
    dans_l_heure = une_tache(pas_avant=INSTANT)
    une_tache(pas_avant=INSTANT + timedelta(microseconds=1))
    cles = list(Tache.objects.values_list("pk", flat=True))

    assert list(parmi(cles, avant=INSTANT)) == [dans_l_heure]
    assert list(parmi(cles, avant=INSTANT.astimezone(timezone.get_default_timezone()))) == [
        dans_l_heure
    ]


def test_une_duree_fixe_s_ajoute_dans_la_fonction():
    recentes = prete(lambda le: Tache.objects.filter(pas_avant__gte=le - timedelta(days=2)))
    avant, apres = une_tache(), une_tache(pas_avant=INSTANT + timedelta(hours=1))

    assert list(recentes(INSTANT + timedelta(days=2))) == [avant, apres]
    assert list(recentes(INSTANT + timedelta(days=2, minutes=1))) == [apres]


def test_un_entier_que_sa_colonne_ne_tient_pas_ne_trouve_rien():
    essayees = prete(lambda essais: Tache.objects.filter(essais=essais))
    voulue = une_tache(essais=2**15 - 1)

    for _ in range(2):
        assert list(essayees(2**15 - 1)) == [voulue]
        assert (list(essayees(2**15)), essayees(2**15).exists()) == ([], False)


def test_chaque_longueur_de_liste_a_sa_requete_la_vide_ne_demande_rien(django_assert_num_queries):
    cles = [une_tache().pk for _ in range(4)]

    for voulues in (cles[:2], cles[1:2], cles, cles[::-1], cles[2:]):
        assert [tache.pk for tache in parmi(voulues)] == sorted(voulues)
    with django_assert_num_queries(0):
        assert (list(parmi([])), parmi([]).exists()) == ([], False)


def test_none_et_un_booleen_ont_leur_forme():
    @prete
    def unicite(valeur, *, faite):
        return Tache.objects.filter(unicite=valeur, finie_le__isnull=not faite)

    sans, avec = une_tache(), une_tache(unicite="u", finie_le=INSTANT)

    assert list(unicite(None, faite=False)) == [sans]
    assert list(unicite("u", faite=True)) == [avec]
    assert list(unicite("u", faite=False)) == []


@pytest.mark.parametrize("cles", [[1, 1], [1, None], [-1], [ENTIER_AU_PLUS + 1], {1}, [True, 1]])
def test_ce_qui_changerait_le_sql_se_compose_comme_avant(cles):
    requete = parmi(cles)

    assert not preparees(requete)
    assert list(requete) == list(Tache.objects.filter(pk__in=cles))


def test_s_il_y_a_une_ligne_se_demande_sans_rien_composer(django_assert_num_queries):
    une_tache("une")

    with django_assert_num_queries(2):
        assert (de_chemin("une").exists(), de_chemin("aucune").exists()) == (True, False)


def test_tout_autre_usage_part_de_la_requete_ordinaire():
    cles = [une_tache(f"{rang}").pk for rang in range(3)]
    requete = parmi(cles)

    assert requete.count() == 3
    assert requete.filter(chemin="1").get().pk == cles[1]
    assert [tache.pk for tache in requete[1:]] == cles[1:]
    assert requete.order_by("-pk").first().pk == cles[2]
    assert (requete | parmi(cles[:1])).count() == 3
    assert requete.order_by().union(de_chemin("1").order_by(), all=True).count() == 4
    assert [tache.pk for tache in requete.iterator()] == cles
    assert list(Tache.objects.filter(pk__in=requete).order_by("pk")) == list(requete)
    assert list(requete.values_list("chemin", flat=True)) == ["0", "1", "2"]
    assert Tache.objects.filter(pk__in=parmi(cles[:1]).values("pk")).count() == 1


def test_colonnes_choisies_annotations_et_tranche_fixe():
    @prete
    def comptees(chemins):
        return (
            Tache.objects.filter(chemin__in=chemins)
            .values("chemin")
            .annotate(nombre=Count("pk"), faites=Count("pk", filter=Q(etat="faite")))
            .order_by("chemin")
        )

    @prete
    def premier(chemin):
        return Tache.objects.filter(chemin=chemin).only("chemin").order_by("-pk")[:1]

    une_tache("a"), une_tache("b", etat="faite"), une_tache("b")

    attendues = [
        {"chemin": "a", "nombre": 1, "faites": 0},
        {"chemin": "b", "nombre": 2, "faites": 1},
    ]
    assert list(comptees(["a", "b"])) == list(comptees(["b", "a"])) == attendues
    assert [tache.get_deferred_fields() >= {"etat"} for tache in premier("b")] == [True]


# ---------------------------------------------------------------- ce qui se refuse


def refuse(fonction, *args, **kwargs):
    """Dans les essais, une fonction qui ne se prête pas le dit ; en service, elle répond."""
    with pytest.raises((NeSePretePas, DatabaseError, TypeError, ValueError, AttributeError)):
        prete(fonction)(*args, **kwargs)


@pytest.fixture
def en_service(settings):
    settings.REQUETES_VERIFIEES = 0


def jusqu_a(nombre):
    return Tache.objects.order_by("pk")[:nombre]


def transformee(texte):
    return Tache.objects.filter(chemin__icontains=texte)


def en_minuscules(texte):
    return Tache.objects.filter(chemin=texte.lower().strip())


def la_plus_petite(cles):
    return Tache.objects.filter(pk=min(cles))


def rangees(cles):
    return Tache.objects.filter(pk__in=sorted(cles))


def qui_lit_la_base(texte):
    return Tache.objects.filter(pk__in=list(Tache.objects.values_list("pk", flat=True)))


def la_suivante(cle):
    return Tache.objects.filter(pk=cle + 1)


def verrouillee(cle):
    return Tache.objects.select_for_update().filter(pk=cle)


def a_l_heure_qu_il_est(cle):
    return Tache.objects.filter(pk=cle, pas_avant__lte=timezone.now())


def selon_la_valeur(cle):
    return Tache.objects.filter(pk=cle) if cle % 2 else Tache.objects.all()


QUI_NE_SE_PRETENT_PAS = [
    (jusqu_a, 2),
    (transformee, "A_"),
    (en_minuscules, " ESSAI"),
    (la_plus_petite, [5, 3, 9]),
    (rangees, [5, 3, 9]),
    (qui_lit_la_base, "x"),
    (la_suivante, 4),
    (verrouillee, 4),
    (a_l_heure_qu_il_est, 4),
]


@pytest.mark.parametrize(("fonction", "valeur"), QUI_NE_SE_PRETENT_PAS)
def test_ce_qui_ne_se_prete_pas_le_dit_dans_les_essais(fonction, valeur):
    refuse(fonction, valeur)


@pytest.mark.parametrize(("fonction", "valeur"), QUI_NE_SE_PRETENT_PAS)
def test_ce_qui_ne_se_prete_pas_repond_en_service(fonction, valeur, en_service):
    une_tache("essai a_")
    ordinaire = fonction(valeur)

    with transaction.atomic():
        for _ in range(2):
            assert list(prete(fonction)(valeur)) == list(ordinaire.all())


def test_une_requete_qui_change_avec_la_valeur_est_prise_a_chaque_usage():
    """Deux témoins pairs la feraient prendre pour toujours la même."""
    fonction = prete(lambda cle, autre: Tache.objects.filter(pk=cle if autre > 9 else autre))
    fonction(3, 12)

    with pytest.raises(RequeteChangee):
        list(fonction(3, 4))


def test_ce_qui_n_est_pas_un_argument_est_pris_a_chaque_usage():
    reglage = {"chemin": "a"}
    fonction = prete(lambda cle: Tache.objects.filter(pk=cle, chemin=reglage["chemin"]))
    assert (list(fonction(3)), fonction(3).exists()) == ([], False)
    reglage["chemin"] = "b"

    with pytest.raises(RequeteChangee):
        list(fonction(3))
    with pytest.raises(RequeteChangee):
        fonction(3).exists()


# ---------------------------------------------------------------- le fil, la base, la mémoire


def test_une_autre_base_se_compose_pour_elle():
    ici = de_chemin("essai")
    ailleurs = ici.using("ailleurs")

    assert (ailleurs.db, preparees(ailleurs)) == ("ailleurs", False)
    with pytest.raises(Exception, match="ailleurs"):
        ici._query.get_compiler(using="ailleurs")


def test_une_transaction_rompue_refuse_comme_une_autre():
    list(de_chemin("essai"))

    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        transaction.set_rollback(True)
        list(de_chemin("essai"))


@pytest.mark.django_db(transaction=True)
def test_chaque_fil_lit_par_sa_connexion():
    une_tache("essai")
    fautes, depart = [], threading.Barrier(8)

    def lire(rang):
        try:
            depart.wait()
            for tour in range(20):
                requete = parmi(list(range(1, 2 + (rang + tour) % 5)))
                assert requete.query.get_compiler("default").connection is connections["default"]
                list(requete)
        except Exception as erreur:  # noqa: BLE001  rendue au fil qui juge
            fautes.append(erreur)
        finally:
            connection.close()

    fils = [threading.Thread(target=lire, args=(rang,)) for rang in range(8)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()

    assert fautes == []


def test_rien_ne_retient_la_connexion_du_fil_qui_a_compose():
    fonction = prete(lambda le: Courriel.objects.filter(ecrit_le__lte=le))
    compilee = fonction(INSTANT)._query._plan.lignes

    assert compilee._etat["connection"] is None
    for _, convertisseurs, _ in compilee._convertisseurs:
        assert all(getattr(un, "__self__", None) is None for un in convertisseurs)


def test_les_formes_gardees_sont_bornees(monkeypatch):
    monkeypatch.setattr(requetes, "PLANS_AU_PLUS", 3)
    plans = requetes.Plans()

    def demander(longueur):
        cles = list(range(longueur))
        return plans.de(parmi.__wrapped__, decrire((cles,), {})[0], (cles,), {})

    premier = demander(1)
    autres = [demander(longueur) for longueur in (2, 3, 1, 4, 1, 5)]

    assert len(plans._plans) == 3
    assert autres[2] is autres[4] is premier


def test_la_forme_d_un_appel_ne_confond_pas_une_valeur_et_un_nom():
    formes = [
        decrire(args, nommes)[0]
        for args, nommes in (
            ((1,), {}),
            (("1",), {}),
            ((True,), {}),
            ((None,), {}),
            (([1],), {}),
            (([1, 2],), {}),
            (((1, 2),), {}),
            ((), {"cle": 1}),
            ((), {"autre": 1}),
            ((Tache.Etat.PRETE,), {}),
            ((Tache.Etat.FAITE,), {}),
            (([Tache.Etat.FAITE],), {}),
        )
    ]

    assert len(set(formes)) == len(formes)


def test_un_autre_fuseau_se_compose_pour_lui():
    du_jour = prete(lambda cle: Tache.objects.filter(pk=cle, pas_avant__date="2026-12-02"))
    for fuseau in ("Europe/Paris", "Pacific/Auckland", "UTC"):
        with timezone.override(fuseau):
            assert (list(du_jour(4)), preparees(du_jour(4))) == ([], fuseau == "Europe/Paris")


_portee: ContextVar[int] = ContextVar("_portee")


def test_ce_que_la_demande_porte_ne_se_retient_jamais(en_service):
    """L'organisme où l'on agit est dans un `ContextVar` : retenu, il ouvrirait à un autre."""
    sept, huit = une_tache(essais=7), une_tache(essais=8)
    fonction = prete(lambda chemin: Tache.objects.filter(chemin=chemin, essais=_portee.get()))

    for portee, voulue in ((7, sept), (8, huit), (7, sept)):
        jeton = _portee.set(portee)
        assert list(fonction("essai")) == [voulue]
        _portee.reset(jeton)
    with pytest.raises(LookupError):
        fonction("essai")
