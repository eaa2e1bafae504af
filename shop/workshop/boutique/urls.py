"""Addresses of the boutique's own settings, inside the workshop's."""

from django.urls import path

from shop.workshop.boutique import branches, closing, display, fairs, joining, page, sections, shipping, team

urlpatterns = [
    path("", page.edit, name="boutique"),
    path("fermer/", closing.close, name="boutique_close"),
    path("images/", display.pictures, name="boutique_pictures"),
    path("images/<slug:kind>/", display.put, name="boutique_picture"),
    path("images/<slug:kind>/retirer/", display.remove, name="boutique_picture_remove"),
    path("rayons/", sections.table, name="sections"),
    path("rayons/<int:pk>/", sections.rename, name="section"),
    path("rayons/<int:pk>/deplacer/", sections.move, name="section_move"),
    path("rayons/<int:pk>/retirer/", sections.remove, name="section_remove"),
    path("salons/", fairs.table, name="fairs"),
    path("salons/<int:pk>/retirer/", fairs.remove, name="fair_remove"),
    path("livraison/", shipping.options, name="shipping"),
    path("livraison/<int:pk>/", shipping.edit, name="shipping_edit"),
    path("livraison/<int:pk>/deplacer/", shipping.move, name="shipping_move"),
    path("livraison/<int:pk>/retirer/", shipping.remove, name="shipping_remove"),
    path("eco-organismes/", branches.numbers, name="branches"),
    path("equipe/", team.team, name="team"),
    path("equipe/quitter/", team.leave, name="team_leave"),
    path("equipe/rejoindre/<str:token>/", joining.join, name="team_join"),
    path("equipe/<int:pk>/role/", team.change_role, name="team_role"),
    path("equipe/invitations/<int:pk>/retirer/", team.withdraw, name="team_withdraw"),
    path("equipe/<int:pk>/retirer/", team.remove_member, name="team_remove"),
]
