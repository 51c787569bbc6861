/// The style and the script of a map's page.
enum MapStyle {
  static let sheet = """
    :root{--m0:#d5e8e6;--m1:#9fcdcb;--m2:#66acae;--m3:#36868d;--m4:#175f6a;--m5:#083840;--sea:#f3f2ec;--hatch:#fbfaf7}
    @media screen and (prefers-color-scheme:dark){:root{--m0:#1f3b40;--m1:#265a60;--m2:#2f7d82;--m3:#4ca6a7;--m4:#86cfca;--m5:#d3f5ee;\
    --sea:#171d23;--hatch:#13181d}}
    a{color:var(--accent)}
    .map{margin:1.5rem 0 0}.map .frame{position:relative;border:1px solid var(--rule);border-radius:8px;overflow:hidden;\
    background:var(--sea)}
    #map{display:block;width:100%;max-height:78vh;cursor:grab;touch-action:none}#map:active{cursor:grabbing}
    #map:focus-visible{outline:2px solid var(--accent);outline-offset:-2px}
    .map .bar{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;margin:0 0 .6rem;font-size:.95rem}
    .map .bar label{display:inline-flex;gap:.4rem;align-items:center;min-height:2rem}
    .map .time input{width:min(14rem,45vw)}.map output{min-width:5.5rem;font-variant-numeric:tabular-nums}
    .zoom{position:absolute;right:.6rem;top:.6rem;display:grid;gap:.3rem}
    .zoom button{width:2.5rem;height:2.5rem;font-size:1.2rem;line-height:1;border:1px solid var(--rule);border-radius:6px;\
    background:var(--card);color:var(--ink);cursor:pointer}
    .zoom button:focus-visible{outline:2px solid var(--accent)}
    .map .key{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin:.6rem 0 0;font-size:.85rem;color:var(--quiet)}
    .map .key span{display:inline-flex;gap:.4rem;align-items:center;white-space:nowrap}
    .map .key i{display:inline-block;width:1.1rem;height:.9rem;border-radius:2px}
    .map .key i.hatched{background:repeating-linear-gradient(135deg,var(--m2) 0 3px,var(--hatch) 3px 5px)}
    .map figcaption{margin:.4rem 0 0;min-height:1.6em;font-variant-numeric:tabular-nums}
    @media(max-width:30rem){.zoom{grid-auto-flow:column;top:auto;bottom:.5rem;right:.5rem}.zoom button{width:2.25rem;height:2.25rem}}
    @media print{.zoom,.map .bar{display:none}}

    """
}

extension MapStyle {
  /// Pictures of squares, and tables that need no more than their width.
  static let squares =
    "svg.squares{width:100%;max-width:34rem;height:auto;margin-bottom:1rem}svg.squares rect{shape-rendering:crispEdges}"
    + ".narrow{max-width:34rem}.narrow tbody th{white-space:nowrap}a{color:var(--accent)}"

  /// The tables of ``RankedBars``.
  static let shares =
    ".shares{max-width:34rem}.shares th{font-weight:400;color:var(--ink);width:8.5rem}.shares th,.shares td{border:0;"
    + "padding:.15rem .6rem .15rem 0;vertical-align:middle}.shares td.n{width:3.6rem;padding-right:0}"
    + ".shares td i{display:block;height:.7rem;background:var(--track)}"
    + ".shares td b{display:block;height:100%;min-width:1px;background:var(--bar)}"

  /// The cards of the owner's report.
  static let attacks =
    ".attacks{grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));margin-top:1.25rem}"
    + ".attacks .card{padding-bottom:.9rem}.attacks h3{display:flex;flex-wrap:wrap;gap:.3rem .8rem;justify-content:space-between;"
    + "align-items:baseline}.attacks p{margin:.6rem 0 0;font-size:.9rem;color:var(--quiet)}"
}

enum MapScript {
  /// Draws the cells `M.cells` (column, row, size, slice, heat, standard error) on the canvas.
  static let text = """

    'use strict';
    const canvas=document.getElementById('map'),pen=canvas.getContext('2d'),said=document.getElementById('said');
    let scale=1,left=0,top0=0,view=0,slice=-1,chosen=null;
    let inks={};
    const ink=n=>inks[n]??=getComputedStyle(document.documentElement).getPropertyValue(n).trim();
    const km=M.metres/1000;
    function shown(){
      if(slice>=0)return M.cells.filter(c=>c[3]===slice);
      if(M.slices.length<2)return M.cells;
      const sums=new Map();
      for(const c of M.cells){const k=c[0]+','+c[1]+','+c[2],o=sums.get(k);
        if(o){o[4]+=c[4];o[5]=Math.hypot(o[5],c[5])}else sums.set(k,c.slice())}
      return [...sums.values()].sort((a,b)=>b[2]-a[2]);
    }
    const density=c=>c[4]/(c[2]*c[2]*km*km);
    let steps=[];
    function grade(){
      const all=shown().map(density).sort((a,b)=>a-b);
      const round=v=>{const p=10**Math.floor(Math.log10(v));return +(Math.round(v/p*2)/2*p).toPrecision(2)};
      steps=[.2,.45,.65,.82,.94].map(q=>all.length?round(all[Math.floor(q*(all.length-1))]):0);
    }
    function colour(c){
      if(view){const r=c[5]/c[4];return ink('--m'+(r<.1?5:r<.2?4:r<.35?3:r<.5?2:r<1?1:0))}
      const d=density(c);let i=0;while(i<5&&d>=steps[i])i++;return ink('--m'+i);
    }
    function fit(){
      const box=canvas.getBoundingClientRect(),ratio=devicePixelRatio||1;
      canvas.width=Math.max(1,Math.round(box.width*ratio));canvas.height=Math.max(1,Math.round(box.height*ratio));
      pen.setTransform(ratio,0,0,ratio,0,0);draw();
    }
    const wide=()=>canvas.getBoundingClientRect().width,high=()=>canvas.getBoundingClientRect().height;
    const unit=()=>Math.min(wide()/M.columns,high()/M.rows)*scale;
    const base=()=>{const u=unit()/scale;return [(wide()-u*M.columns)/2,(high()-u*M.rows)/2]};
    const across=x=>base()[0]+left+x*unit(),down=y=>base()[1]+top0+(M.rows-y)*unit();
    function hatch(x,y,w,h){
      pen.save();pen.beginPath();pen.rect(x,y,w,h);pen.clip();pen.strokeStyle=ink('--hatch');pen.lineWidth=1.3;
      pen.beginPath();for(let s=-h;s<w;s+=5){pen.moveTo(x+s,y+h);pen.lineTo(x+s+h,y)}pen.stroke();pen.restore();
    }
    function draw(){
      inks={};const w=wide(),h=high(),u=unit();
      pen.clearRect(0,0,w,h);pen.fillStyle=ink('--sea');pen.fillRect(0,0,w,h);
      pen.strokeStyle=ink('--rule');pen.lineWidth=1;pen.strokeRect(across(0),down(M.rows),M.columns*u,M.rows*u);
      pen.save();pen.beginPath();pen.rect(across(0),down(M.rows),M.columns*u,M.rows*u);pen.clip();
      for(const c of shown()){
        const x=across(c[0]),s=c[2]*u,y=down(c[1]+c[2]);
        if(x>w||y>h||x+s<0||y+s<0)continue;
        pen.fillStyle=colour(c);pen.fillRect(x,y,s+.4,s+.4);
        if(!view&&c[4]<2*c[5]&&s>2.5)hatch(x,y,s,s);
      }
      for(const o of M.holes){const x=across(o[0]),y=down(o[3]),a=(o[2]-o[0])*u,b=(o[3]-o[1])*u;
        pen.fillStyle=ink('--track');pen.fillRect(x,y,a,b);pen.setLineDash([4,3]);pen.strokeStyle=ink('--quiet');pen.strokeRect(x,y,a,b);
        pen.setLineDash([]);pen.fillStyle=ink('--quiet');pen.font='11px system-ui,sans-serif';
        if(a>60&&b>16)pen.fillText('left out',x+5,y+14)}
      if(chosen){pen.strokeStyle=ink('--serious');pen.lineWidth=2;
        pen.strokeRect(across(chosen[0]),down(chosen[1]+chosen[2]),chosen[2]*u,chosen[2]*u)}
      pen.restore();ruler(u,h);
    }
    function ruler(u,h){
      let m=M.metres;const goal=110/u*M.metres,p=10**Math.floor(Math.log10(goal));
      m=[1,2,5,10].map(k=>k*p).filter(v=>v<=goal).pop();const l=m/M.metres*u,x=14,y=h-16;
      const text=m>=1000?m/1000+' km':m+' m';pen.font='12px system-ui,sans-serif';
      pen.globalAlpha=.85;pen.fillStyle=ink('--card');
      pen.fillRect(x-7,y-19,Math.max(l,pen.measureText(text).width)+14,27);pen.globalAlpha=1;
      pen.strokeStyle=pen.fillStyle=ink('--ink');pen.lineWidth=1.5;
      pen.beginPath();pen.moveTo(x,y-4);pen.lineTo(x,y);pen.lineTo(x+l,y);pen.lineTo(x+l,y-4);pen.stroke();pen.fillText(text,x,y-7);
    }
    function legend(){
      const out=document.getElementById('key');out.textContent='';
      const add=(n,t)=>{const s=document.createElement('span'),i=document.createElement('i');
        if(n==='hatched')i.className=n;else{i.style.background=n?'var('+n+')':'var(--sea)';i.style.border='1px solid var(--rule)'}
        s.append(i,t);out.append(s)};
      if(view){out.append('Standard error as a share of the heat:');
        ['under 10 %','10 to 20 %','20 to 35 %','35 to 50 %','50 to 100 %','more than the heat'].forEach((t,k)=>add('--m'+(5-k),t))}
      else if(M.cells.length){out.append('People for each km²:');const f=v=>v.toLocaleString('en');
        add('--m0','under '+f(steps[0]));for(let k=1;k<5;k++)if(steps[k]>steps[k-1])add('--m'+k,f(steps[k-1])+' to '+f(steps[k]));
        add('--m5',f(steps[4])+' or more');add('hatched','uncertain')}
      add('','too few to tell from noise');
    }
    function at(x,y){
      const u=unit(),a=(x-base()[0]-left)/u,b=M.rows-(y-base()[1]-top0)/u;
      if(a<0||b<0||a>M.columns||b>M.rows)return null;
      return {a,b,cell:shown().filter(c=>a>=c[0]&&a<c[0]+c[2]&&b>=c[1]&&b<c[1]+c[2]).sort((p,q)=>p[2]-q[2])[0]||null};
    }
    function tell(spot){
      chosen=spot&&spot.cell;if(!spot){said.textContent='';draw();return}
      const d=M.degrees?4:0,x=(M.west+spot.a*M.width).toFixed(d),y=(M.south+spot.b*M.height).toFixed(d);
      const place=M.degrees?'longitude '+x+', latitude '+y:'x '+x+', y '+y;
      const c=spot.cell;said.textContent=place+': '+(c?'a cell of '+Math.round(c[2]*M.metres)+' m with heat '+c[4].toFixed(1)+
        ', standard error '+c[5].toFixed(1):'too few people to tell from noise');draw();
    }
    function zoom(factor,x,y){
      const [bx,by]=base(),next=Math.min(40,Math.max(1,scale*factor)),f=next/scale;
      left=x-bx-(x-bx-left)*f;top0=y-by-(y-by-top0)*f;scale=next;hold();draw();
    }
    function hold(){
      const u=unit(),w=M.columns*u,h=M.rows*u,[bx,by]=base();
      const keep=(v,b,s,f)=>s<=f?(f-s)/2-b:Math.min(-b,Math.max(f-s-b,v));
      left=keep(left,bx,w,wide());top0=keep(top0,by,h,high());
    }
    const held=new Map();let moved=0,gap=0;
    const spot=e=>{const b=canvas.getBoundingClientRect();return [e.clientX-b.left,e.clientY-b.top]};
    canvas.addEventListener('pointerdown',e=>{canvas.setPointerCapture(e.pointerId);held.set(e.pointerId,spot(e));moved=0;gap=0});
    canvas.addEventListener('pointermove',e=>{
      const p=spot(e),o=held.get(e.pointerId);
      if(!o){if(e.pointerType==='mouse')tell(at(...p));return}
      held.set(e.pointerId,p);moved+=Math.abs(p[0]-o[0])+Math.abs(p[1]-o[1]);
      if(held.size===1){left+=p[0]-o[0];top0+=p[1]-o[1];hold();draw()}
      else{const [q,r]=[...held.values()],g=Math.hypot(q[0]-r[0],q[1]-r[1]);
        if(gap)zoom(g/gap,(q[0]+r[0])/2,(q[1]+r[1])/2);gap=g}
    });
    for(const n of ['pointerup','pointercancel'])canvas.addEventListener(n,e=>{
      held.delete(e.pointerId);gap=0;if(n==='pointerup'&&moved<6)tell(at(...spot(e)))});
    canvas.addEventListener('wheel',e=>{e.preventDefault();zoom(e.deltaY<0?1.25:.8,...spot(e))},{passive:false});
    canvas.addEventListener('keydown',e=>{
      const step={ArrowLeft:[40,0],ArrowRight:[-40,0],ArrowUp:[0,40],ArrowDown:[0,-40]}[e.key];
      if(step){left+=step[0];top0+=step[1];hold();draw()}
      else if(e.key==='+'||e.key==='=')zoom(1.4,wide()/2,high()/2);
      else if(e.key==='-')zoom(1/1.4,wide()/2,high()/2);
      else return;
      e.preventDefault();tell(at(wide()/2,high()/2));
    });
    const on=(id,f)=>document.getElementById(id).addEventListener('click',f);
    on('in',()=>zoom(1.6,wide()/2,high()/2));on('out',()=>zoom(1/1.6,wide()/2,high()/2));
    on('whole',()=>{scale=1;left=top0=0;draw()});
    for(const b of document.getElementsByName('view'))b.addEventListener('change',()=>{view=+b.value;legend();draw()});
    const slider=document.getElementById('slice');
    if(slider)slider.addEventListener('input',()=>{slice=+slider.value;
      document.getElementById('when').textContent=slice<0?'all':M.slices[slice];grade();legend();draw()});
    matchMedia('(prefers-color-scheme:dark)').addEventListener('change',draw);
    addEventListener('resize',()=>{hold();fit()});
    grade();legend();fit();

    """
}
